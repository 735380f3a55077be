using Microsoft.Extensions.Primitives;

namespace Rates.Api;

/// <summary>Sends an answer: headers and bytes in one write, or 304 when the client already has those bytes.</summary>
internal static class AnswerSender
{
    /// <summary>
    /// Sends <paramref name="body"/>. The server copies it before this returns, so the caller may reuse its buffer at once.
    /// </summary>
    public static Task SendAsync(HttpContext context, ReadOnlyMemory<byte> body, in AnswerHeaders answerHeaders, DateTimeOffset now)
    {
        var response = context.Response;
        var headers = response.Headers;
        HeaderValues.AllowAnyOrigin(headers);
        headers.ETag = answerHeaders.ETag;
        headers.CacheControl = HeaderValues.CacheFor(answerHeaders.Lifetime.MaxAge(now));
        headers.Vary = HeaderValues.Vary;
        if (answerHeaders.Lifetime.LastModified is { } modified)
        {
            headers.LastModified = modified;
        }

        var known = context.Request.Headers.IfNoneMatch;
        if (known.Count > 0 && !HttpMethods.IsPost(context.Request.Method) && Matches(known, answerHeaders.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        return WriteAsync(context, body, answerHeaders.ContentType);
    }

    /// <summary>
    /// Sends JSON that must not be cached, such as a problem or a health report. The caller sets the status and other headers.
    /// </summary>
    public static Task SendJsonAsync<T>(HttpContext context, T answer, AnswerJson<T> json, string contentType)
    {
        context.Response.Headers.CacheControl = "no-store";
        HeaderValues.AllowAnyOrigin(context.Response.Headers);
        var buffer = ByteBuffer.Rent();
        json.Write(buffer, answer, numbersAsText: false);
        return WriteAsync(context, buffer.Written, contentType);
    }

    private static Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> body, string contentType)
    {
        var response = context.Response;
        response.ContentType = contentType;
        if (contentType.StartsWith("text/", StringComparison.Ordinal))
        {
            HeaderValues.ForbidGuessing(response.Headers);
        }

        response.ContentLength = body.Length;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return Task.CompletedTask;
        }

        // The write waits only for a client that does not read. It ends with the connection, so a cancellation token would add
        // nothing and cost a registration.
        var writing = response.BodyWriter.WriteAsync(body, CancellationToken.None);
        if (!writing.IsCompletedSuccessfully)
        {
            return writing.AsTask();
        }

        _ = writing.Result;
        return Task.CompletedTask;
    }

    // Weak comparison, as RFC 9110 asks of If-None-Match.
    private static bool Matches(StringValues known, string? tag)
    {
        foreach (var line in known)
        {
            var left = line.AsSpan();
            while (!left.IsEmpty)
            {
                var one = QueryReader.TakeUntil(left, ',', out left).Trim();
                if (one is "*" || (one.StartsWith("W/") ? one[2..] : one).SequenceEqual(tag))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
