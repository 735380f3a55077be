using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Rates.Worker;

/// <summary>
/// Posts JSON to one receiver over HTTP. With a secret the body is signed: <c>X-Rates-Signature: sha256=HEX</c> is the HMAC-SHA256 of
/// <c>TIMESTAMP.BODY</c>, the first of them the header <c>X-Rates-Timestamp</c>, Unix seconds.
/// </summary>
/// <param name="receiver">Its address and secret.</param>
/// <param name="time">The time of signing.</param>
internal sealed class SignedPost(WebhookOptions receiver, TimeProvider time) : IDisposable
{
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
    });

    /// <summary>Posts a body.</summary>
    /// <param name="id">Sent as <c>X-Rates-Delivery</c>: a receiver that gets a message twice knows it by this.</param>
    /// <param name="body">JSON.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    /// <exception cref="AlertException">It was not taken; the message has nothing secret.</exception>
    public async Task SendAsync(string id, byte[] body, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Read(receiver.UrlFile, receiver.Url))
            {
                Content = new ByteArrayContent(body),
            };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
            request.Headers.Add("X-Rates-Delivery", id);
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
        if (receiver.SecretFile.Length == 0)
        {
            return;
        }

        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var key = Encoding.UTF8.GetBytes(Read(receiver.SecretFile, ""));
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{timestamp}."), .. body];
        var signature = HMACSHA256.HashData(key, signed);
        request.Headers.Add("X-Rates-Timestamp", timestamp);
        request.Headers.Add("X-Rates-Signature", $"sha256={Convert.ToHexStringLower(signature)}");
    }

    // Read each time, so that a changed one is taken up.
    private static string Read(string file, string otherwise) => file.Length > 0 ? File.ReadAllText(file).Trim() : otherwise;
}
