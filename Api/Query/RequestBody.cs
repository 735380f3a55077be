using System.Globalization;
using System.Text.Json;

namespace Rates.Api;

/// <summary>Reads the body of a request whole.</summary>
internal static class RequestBody
{
    /// <summary>Reads the body, without the byte order mark that some programs put before UTF-8.</summary>
    /// <exception cref="ProblemException">415: it is compressed.</exception>
    /// <exception cref="BadHttpRequestException">413: it is longer than the server takes.</exception>
    public static async Task<ArraySegment<byte>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        RefuseCoding(request);
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        var bytes = new ArraySegment<byte>(body.GetBuffer(), 0, (int)body.Length);
        return bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
    }

    /// <summary>That a body is no JSON, and where it cannot be read. The text of the exception is of use to programmers alone.</summary>
    public static string WhereUnreadable(JsonException malformed) => string.Create(
        CultureInfo.InvariantCulture,
        $"is no JSON: it cannot be read at line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine + 1}");

    /// <summary>Refuses a compressed body: no path reads one, and what a small one grows to has no limit.</summary>
    /// <exception cref="ProblemException">415, with the coding.</exception>
    public static void RefuseCoding(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } coding
            && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException(
                StatusCodes.Status415UnsupportedMediaType,
                $"Content-Encoding: '{ProblemException.Cut(coding)}' is not read; send the body as it is");
        }
    }
}
