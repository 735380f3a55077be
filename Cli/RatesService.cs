using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rates.Cli;

/// <summary>Sends requests to a Rates service over HTTP, with the credentials of the caller.</summary>
internal sealed class RatesService : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BeforeNextStream = TimeSpan.FromSeconds(1);

    private const string Data = "data: ";

    private readonly HttpClient _client;

    // For bodies that take as long as they take.
    private readonly HttpClient _patient;

    public RatesService(Uri address, AuthenticationHeaderValue? credentials)
    {
#pragma warning disable RS0030 // The bounded pipeline is for sources; this asks our own service.
        _client = new HttpClient { BaseAddress = new($"{address.AbsoluteUri.TrimEnd('/')}/"), Timeout = Deadline };
        _patient = new HttpClient { BaseAddress = _client.BaseAddress, Timeout = Timeout.InfiniteTimeSpan };
#pragma warning restore RS0030
        _client.DefaultRequestHeaders.Authorization = _patient.DefaultRequestHeaders.Authorization = credentials;
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
        using var request = new HttpRequestMessage(method, Below(path));
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        if (revision is { } expected)
        {
            request.Headers.TryAddWithoutValidation("If-Match", string.Create(CultureInfo.InvariantCulture, $"\"{expected}\""));
        }

        return await GuardAsync(async () =>
        {
            using var response = await _client.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            return response.IsSuccessStatusCode
                ? text.Length == 0 ? default : JsonDocument.Parse(text).RootElement
                : throw new CommandException(ExitCode(response.StatusCode), Problem(response, text));
        }, cancellationToken);
    }

    /// <summary>Reads the bytes at an address.</summary>
    /// <exception cref="CommandException">The service refused, or cannot be reached.</exception>
    public Task<byte[]> DownloadAsync(string path, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        using var response = await _client.GetAsync(Below(path), cancellationToken);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadAsByteArrayAsync(cancellationToken)
            : throw new CommandException(
                ExitCode(response.StatusCode), Problem(response, await response.Content.ReadAsStringAsync(cancellationToken)));
    }, cancellationToken);

    /// <summary>
    /// Calls <paramref name="tell"/> with each event of a stream of server-sent events, until it is cancelled. A stream that the service
    /// ends is asked for again.
    /// </summary>
    /// <exception cref="CommandException">The service refused, or cannot be reached.</exception>
    public async Task FollowAsync(string path, Action<string> tell, CancellationToken cancellationToken)
    {
        while (true)
        {
            await FollowOnceAsync(path, tell, cancellationToken);

            // The service ended the stream: it stopped, or the access did. Asking again tells which.
            await Task.Delay(BeforeNextStream, TimeProvider.System, cancellationToken);
        }
    }

    private Task<bool> FollowOnceAsync(string path, Action<string> tell, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Below(path));
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await RefuseUnlessGoodAsync(response, cancellationToken);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(Data, StringComparison.Ordinal))
            {
                tell(line[Data.Length..]);
            }
        }

        return true;
    }, cancellationToken);

    /// <summary>Copies a long answer, as it arrives, and returns the number of its lines.</summary>
    /// <exception cref="CommandException">The service refused, cannot be reached, or stopped in between.</exception>
    public Task<long> CopyAsync(string path, Stream target, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Below(path));
        using var response = await _patient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await RefuseUnlessGoodAsync(response, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var (buffer, lines) = (new byte[64 * 1024], 0L);
        while (await body.ReadAsync(buffer, cancellationToken) is var count and > 0)
        {
            lines += buffer.AsSpan(0, count).Count((byte)'\n');
            await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }

        return lines;
    }, cancellationToken);

    /// <summary>Posts a long body and returns the answer.</summary>
    /// <exception cref="CommandException">The service refused, or cannot be reached.</exception>
    public Task<JsonElement> UploadAsync(string path, Stream body, string contentType, CancellationToken cancellationToken) =>
        GuardAsync(async () =>
        {
            using var content = new StreamContent(body);
            content.Headers.ContentType = new(contentType);
            using var response = await _patient.PostAsync(Below(path), content, cancellationToken);
            await RefuseUnlessGoodAsync(response, cancellationToken);
            return JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken)).RootElement;
        }, cancellationToken);

    private static async Task RefuseUnlessGoodAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new CommandException(
                ExitCode(response.StatusCode), Problem(response, await response.Content.ReadAsStringAsync(cancellationToken)));
        }
    }

    // The service may be below a path of its host.
    private static Uri Below(string path) => new(path.TrimStart('/'), UriKind.Relative);

    private async Task<T> GuardAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (HttpRequestException unreachable)
        {
            throw new CommandException(ExitCodes.Unavailable, $"{_client.BaseAddress} cannot be reached: {unreachable.Message}");
        }
        catch (IOException broken) when (broken is HttpIOException || broken.InnerException is SocketException)
        {
            throw new CommandException(ExitCodes.Unavailable, $"{_client.BaseAddress} ended the connection: {broken.Message}");
        }
        catch (JsonException)
        {
            throw new CommandException(ExitCodes.Unavailable, $"{_client.BaseAddress} does not answer in JSON: is it a Rates service?");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandException(ExitCodes.Unavailable, $"{_client.BaseAddress} did not answer within {Deadline.TotalSeconds} s");
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _patient.Dispose();
    }

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
