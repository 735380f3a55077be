using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rates.Cli;

/// <summary>Sends requests to a Rates service over HTTP, with the credentials of the caller.</summary>
internal sealed class RatesService : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client;

    public RatesService(Uri address, AuthenticationHeaderValue? credentials)
    {
#pragma warning disable RS0030 // The bounded pipeline is for sources; this asks our own service.
        _client = new HttpClient { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
#pragma warning restore RS0030
        _client.DefaultRequestHeaders.Authorization = credentials;
    }

    /// <summary>Reads an address.</summary>
    /// <exception cref="CommandException">The service refused, or cannot be reached.</exception>
    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Get, path, null, null, cancellationToken);

    /// <summary>Sends a request with an optional body; an empty answer is an undefined element.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">From the service's address on.</param>
    /// <param name="body">JSON; null for none.</param>
    /// <param name="revision">Sent as <c>If-Match</c>; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandException">The service refused, or cannot be reached.</exception>
    public async Task<JsonElement> SendAsync(
        HttpMethod method, string path, JsonObject? body, long? revision, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        if (revision is { } expected)
        {
            request.Headers.TryAddWithoutValidation("If-Match", string.Create(CultureInfo.InvariantCulture, $"\"{expected}\""));
        }

        return await SendAsync(request, Deadline, ReadAsync, cancellationToken);
    }

    /// <summary>Copies a long answer, as it arrives, and returns the number of its lines.</summary>
    /// <exception cref="CommandException">The service refused, cannot be reached, or stopped in between.</exception>
    public async Task<long> DownloadAsync(string path, Stream target, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request, Timeout.InfiniteTimeSpan, CopyAsync, cancellationToken);

        async Task<long> CopyAsync(HttpResponseMessage response, CancellationToken token)
        {
            await using var body = await response.Content.ReadAsStreamAsync(token);
            var (buffer, lines) = (new byte[64 * 1024], 0L);
            while (await body.ReadAsync(buffer, token) is var count and > 0)
            {
                lines += buffer.AsSpan(0, count).Count((byte)'\n');
                await target.WriteAsync(buffer.AsMemory(0, count), token);
            }

            return lines;
        }
    }

    /// <summary>Posts a long body and returns the answer.</summary>
    /// <exception cref="CommandException">The service refused, or cannot be reached.</exception>
    public async Task<JsonElement> UploadAsync(string path, Stream body, string contentType, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StreamContent(body) };
        request.Content.Headers.ContentType = new(contentType);
        return await SendAsync(request, Timeout.InfiniteTimeSpan, ReadAsync, cancellationToken);
    }

    private async Task<T> SendAsync<T>(
        HttpRequestMessage request, TimeSpan limit, Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limit);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return response.IsSuccessStatusCode
                ? await read(response, either.Token)
                : throw new CommandException(
                    ExitCode(response.StatusCode), Problem(response, await response.Content.ReadAsStringAsync(either.Token)));
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or IOException)
        {
            throw new CommandException(ExitCodes.Unavailable, $"{_client.BaseAddress} cannot be reached: {unreachable.Message}");
        }
        catch (JsonException)
        {
            throw new CommandException(ExitCodes.Unavailable, $"{_client.BaseAddress} does not answer in JSON: is it a Rates service?");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandException(ExitCodes.Unavailable, $"{_client.BaseAddress} did not answer within {limit.TotalSeconds} s");
        }
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    public void Dispose() => _client.Dispose();

    private static int ExitCode(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ExitCodes.NotAllowed,
        HttpStatusCode.Conflict => ExitCodes.Conflict,
        >= HttpStatusCode.InternalServerError => ExitCodes.Unavailable,
        _ => ExitCodes.Refused,
    };

    // The service says in problem+json what is wrong and with which value.
    private static string Problem(HttpResponseMessage response, string text)
    {
        try
        {
            return JsonDocument.Parse(text).RootElement.GetProperty("detail").GetString() ?? response.ReasonPhrase ?? "";
        }
        catch (Exception other) when (other is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return $"the service answered {(int)response.StatusCode} {response.ReasonPhrase}";
        }
    }
}
