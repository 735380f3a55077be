using System.IO.Compression;

namespace Rates.Api;

/// <summary>
/// Sends an answer that no cache may keep, such as a list for operators: a large one in the best coding that the client accepts, compressed
/// quickly and on a thread of the pool.
/// </summary>
internal static class UncachedAnswer
{
    /// <summary>Sends it. The caller sets the status and other headers, and leaves the bytes as they are.</summary>
    /// <param name="context">The request.</param>
    /// <param name="body">The whole answer.</param>
    /// <param name="contentType">Its type.</param>
    public static async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> body, string contentType)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        HeaderValues.TellWhatVaries(headers);
        if (body.Length >= AnswerCoding.MinLength && AnswerCoding.Best(context.Request.Headers.AcceptEncoding) is { } coding)
        {
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            if (AnswerCoding.Compress(body.Span, coding, CompressionLevel.Fastest) is { } compressed)
            {
                headers.ContentEncoding = coding;
                body = compressed;
            }
        }

        await AnswerSender.WriteAsync(context, body, contentType);
    }
}
