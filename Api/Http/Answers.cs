using System.Buffers;
using Microsoft.Extensions.Primitives;

namespace Rates.Api;

/// <summary>Sends an answer: headers, then the bytes in one go; 304 when the client has those bytes already.</summary>
internal static class Answers
{
    /// <summary>Sends <paramref name="body"/>. Copies it before it returns: the buffer is free again at once.</summary>
    public static Task SendAsync(HttpContext context, ReadOnlySpan<byte> body, in AnswerFacts facts, DateTimeOffset now)
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
        if (known.Count > 0 && Matches(known, facts.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        headers.ContentType = facts.ContentType;
        headers.ContentLength = body.Length;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return Task.CompletedTask;
        }

        // Once the response is started, the writer hands out the connection's own memory instead of a copy's.
        var starting = response.StartAsync(context.RequestAborted);
        if (!starting.IsCompletedSuccessfully)
        {
            return SendLaterAsync(response, starting, body.ToArray());
        }

        response.BodyWriter.Write(body);
        return Task.CompletedTask;
    }

    private static async Task SendLaterAsync(HttpResponse response, Task starting, byte[] body)
    {
        await starting;
        response.BodyWriter.Write(body);
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
