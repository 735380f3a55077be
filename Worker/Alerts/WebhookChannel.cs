using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rates.Worker;

/// <summary>
/// Posts alerts about providers as JSON to a webhook. The member <c>text</c> is what chat services such as Slack show; the others are for
/// programs. With a secret the body is signed: <c>X-Rates-Signature: sha256=HEX</c> is the HMAC-SHA256 of <c>TIMESTAMP.BODY</c>, the first
/// of them the header <c>X-Rates-Timestamp</c>.
/// </summary>
/// <param name="index">Which of the receivers in the settings.</param>
/// <param name="options">Its address and secret.</param>
/// <param name="time">The time of signing.</param>
internal sealed class WebhookChannel(int index, WebhookOptions options, TimeProvider time) : IAlertChannel, IDisposable
{
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
    });

    /// <inheritdoc/>
    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"webhook-{index}");

    /// <inheritdoc/>
    public async Task SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        try
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(WebhookBody.Of(message), AlertJson.Default.WebhookBody);
            using var request = new HttpRequestMessage(HttpMethod.Post, Read(options.UrlFile, options.Url))
            {
                Content = new ByteArrayContent(body),
            };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
            request.Headers.Add("X-Rates-Delivery", message.Id);
            Sign(request, body);
            using var response = await _client.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw new AlertException(string.Create(CultureInfo.InvariantCulture, $"it answered {(int)response.StatusCode}"));
            }
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or UnauthorizedAccessException or UriFormatException)
        {
            // The text of the exception may have the address, which may be a secret.
            throw new AlertException(
                problem is HttpRequestException request ? $"it cannot be reached ({request.HttpRequestError})" : problem.GetType().Name,
                problem);
        }
    }

    public void Dispose() => _client.Dispose();

    private void Sign(HttpRequestMessage request, byte[] body)
    {
        if (options.SecretFile.Length == 0)
        {
            return;
        }

        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var key = Encoding.UTF8.GetBytes(Read(options.SecretFile, ""));
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{timestamp}."), .. body];
        var signature = HMACSHA256.HashData(key, signed);
        request.Headers.Add("X-Rates-Timestamp", timestamp);
        request.Headers.Add("X-Rates-Signature", $"sha256={Convert.ToHexStringLower(signature)}");
    }

    // Read each time, so that a changed one is taken up.
    private static string Read(string file, string otherwise) => file.Length > 0 ? File.ReadAllText(file).Trim() : otherwise;
}

/// <summary>The JSON body of an alert that is posted to a webhook.</summary>
/// <param name="Id">The message's id.</param>
/// <param name="At">When it was made.</param>
/// <param name="Text">The message as text.</param>
/// <param name="Items">Each provider whose state changed.</param>
internal sealed record WebhookBody(
    string Id, DateTimeOffset At, string Text, [property: JsonPropertyName("items")] IReadOnlyList<AlertItem> Items)
{
    /// <summary>The body of a message.</summary>
    public static WebhookBody Of(AlertMessage message) => new(message.Id, message.At, message.Text, message.Items);
}
