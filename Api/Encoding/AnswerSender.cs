using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Primitives;

namespace Rates.Api;

/// <summary>Sends an answer: headers, then the bytes in one go; 304 when the client has those bytes already.</summary>
internal static class AnswerSender
{
    /// <summary>Sends <paramref name="body"/>. The server copies it before this returns: the buffer is free again at once.</summary>
    public static Task SendAsync(HttpContext context, ReadOnlyMemory<byte> body, in AnswerHeaders facts, DateTimeOffset now)
    {
        var response = context.Response;
        var headers = response.Headers;
        ApiHeaders.AllowAnyOrigin(headers);
        headers.ETag = facts.ETag;
        headers.CacheControl = ApiHeaders.CacheFor(facts.Freshness.MaxAge(now));
        headers.Vary = ApiHeaders.Vary;
        if (facts.Freshness.LastModified.Count > 0)
        {
            headers.LastModified = facts.Freshness.LastModified;
        }

        var known = context.Request.Headers.IfNoneMatch;
        if (known.Count > 0 && !HttpMethods.IsPost(context.Request.Method) && Matches(known, facts.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        return WriteAsync(context, body, facts.ContentType);
    }

    /// <summary>Sends JSON that nobody keeps: a problem, a health report. Status and other headers are the caller's.</summary>
    public static Task SendJsonAsync<T>(HttpContext context, T answer, Func<ApiJson, JsonTypeInfo<T>> type, string contentType)
    {
        context.Response.Headers.CacheControl = "no-store";
        ApiHeaders.AllowAnyOrigin(context.Response.Headers);
        var buffer = ByteBuffer.Rent();
        ApiJson.Write(buffer, answer, numbersAsText: false, type);
        return WriteAsync(context, buffer.Written, contentType);
    }

    private static Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> body, string contentType)
    {
        var response = context.Response;
        response.ContentType = contentType;
        if (contentType.StartsWith("text/", StringComparison.Ordinal))
        {
            ApiHeaders.ForbidGuessing(response.Headers);
        }

        response.ContentLength = body.Length;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return Task.CompletedTask;
        }

        // Head and body leave in one write; only a client that does not read makes it wait. When the connection ends, so does
        // the write: a token would say the same again and cost a registration.
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
                var one = QueryReader.Cut(left, ',', out left).Trim();
                if (one is "*" || (one.StartsWith("W/") ? one[2..] : one).SequenceEqual(tag))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
