using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Rates.Worker;

/// <summary>
/// Posts JSON to one receiver over HTTP. With a secret the body is signed: <c>X-Rates-Signature: sha256=HEX</c> is the HMAC-SHA256 of
/// <c>TIMESTAMP.BODY</c>, the first of them the header <c>X-Rates-Timestamp</c>, Unix seconds.
/// </summary>
/// <param name="client">Its connections, as <see cref="PostConnections"/> makes them.</param>
/// <param name="target">
/// Reads address and secret; called for each message, so that changed ones are taken up. Throws <see cref="AlertException"/>,
/// <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> where they cannot be read.
/// </param>
/// <param name="time">The time of signing.</param>
internal sealed class SignedPost(HttpMessageInvoker client, Func<PostTarget> target, TimeProvider time)
{
    /// <summary>Posts a body and returns the status of the answer, 200 to 299. The answer's body is not read.</summary>
    /// <param name="id">Sent as <c>X-Rates-Delivery</c>: a receiver that gets a message twice knows it by this.</param>
    /// <param name="body">JSON.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    /// <exception cref="AlertException">It was not taken; the message has nothing secret.</exception>
    public async Task<int> SendAsync(string id, byte[] body, CancellationToken cancellationToken)
    {
        try
        {
            var (address, secret) = target();
            using var request = new HttpRequestMessage(HttpMethod.Post, Http(address)) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
            request.Headers.Add("X-Rates-Delivery", id);
            Sign(request, body, secret);
            using var response = await client.SendAsync(request, cancellationToken);
            var status = (int)response.StatusCode;
            return response.IsSuccessStatusCode
                ? status
                : throw new AlertException(PostProblem.OfStatus(status, response.Headers.Location is not null)) { Status = status };
        }
        catch (HttpRequestException problem)
        {
            // The text of the exception may have the address, which may be a secret.
            throw new AlertException(PostProblem.Of(problem), problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new AlertException($"the file with its address or secret cannot be read ({problem.GetType().Name})", problem);
        }
        catch (OperationCanceledException problem) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AlertException($"no connection within {PostConnections.ConnectWithin.TotalSeconds} s", problem);
        }
    }

    private static Uri Http(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https"
            ? parsed
            : throw new AlertException("its address is not one of http or https");

    private void Sign(HttpRequestMessage request, byte[] body, string secret)
    {
        if (secret.Length == 0)
        {
            return;
        }

        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{timestamp}."), .. body];
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed);
        request.Headers.Add("X-Rates-Timestamp", timestamp);
        request.Headers.Add("X-Rates-Signature", $"sha256={Convert.ToHexStringLower(signature)}");
    }
}

/// <summary>Where a message goes, and what it is signed with.</summary>
/// <param name="Address">An http or https address; it may be a secret.</param>
/// <param name="Secret">The secret; empty for no signature.</param>
internal sealed record PostTarget(string Address, string Secret)
{
    /// <summary>Reads the target that settings name.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static PostTarget Of(WebhookOptions options) =>
        new(Read(options.UrlFile, options.Url), Read(options.SecretFile, ""));

    private static string Read(string file, string otherwise) => file.Length > 0 ? File.ReadAllText(file).Trim() : otherwise;
}
