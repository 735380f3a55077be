using System.Buffers;
using System.IO.Compression;
using Microsoft.Extensions.Primitives;

namespace Rates.Api;

/// <summary>
/// Sends an answer of the Api: headers and bytes in one write, or 304 when the client already has those bytes. Every way of sending one
/// that has an entity tag throws 412 (<see cref="ProblemException"/>), before anything is sent, for a request that wants another one.
/// </summary>
internal static class AnswerSender
{
    /// <summary>
    /// Sends <paramref name="body"/>. The server copies it before this returns, so the caller may reuse its buffer immediately.
    /// </summary>
    public static Task SendAsync(HttpContext context, ReadOnlyMemory<byte> body, in AnswerHeaders answerHeaders, DateTimeOffset now) =>
        SendAsync(new Exchange(context), body, answerHeaders, now);

    /// <summary>The same for a request that may have no context.</summary>
    public static Task SendAsync(in Exchange exchange, ReadOnlyMemory<byte> body, in AnswerHeaders answerHeaders, DateTimeOffset now) =>
        SendAsync(exchange, body, default, answerHeaders, now);

    /// <summary>Sends an answer that is kept, in the best coding that the client accepts.</summary>
    public static Task SendAsync(HttpContext context, EncodedBody body, in AnswerHeaders answerHeaders, DateTimeOffset now) =>
        SendAsync(new Exchange(context), body, answerHeaders, now);

    /// <summary>The same for a request that may have no context.</summary>
    public static Task SendAsync(in Exchange exchange, EncodedBody body, in AnswerHeaders answerHeaders, DateTimeOffset now)
    {
        if (body.TakesCompressing(exchange.Request.AcceptEncoding))
        {
            return CompressAndSendAsync(exchange, body, answerHeaders, now);
        }

        var variant = body.For(exchange.Request.AcceptEncoding);
        return SendAsync(exchange, variant.Bytes, variant.Coding, answerHeaders with { ETag = variant.ETag }, now);
    }

    /// <summary>
    /// Sends an answer that was made for this request alone: a large one in the best coding that the client accepts, compressed quickly
    /// and on a thread of the pool. The caller may reuse its buffer as soon as this returns.
    /// </summary>
    public static Task SendOnceAsync(HttpContext context, ReadOnlyMemory<byte> body, in AnswerHeaders answerHeaders, DateTimeOffset now)
    {
        if (body.Length < AnswerCoding.MinLength || AnswerCoding.Best(context.Request.Headers.AcceptEncoding) is not { } coding)
        {
            return SendAsync(context, body, answerHeaders, now);
        }

        if (TrySendKnown(context, answerHeaders with { ETag = AnswerCoding.TagOf(answerHeaders.ETag, coding) }, now))
        {
            return Task.CompletedTask;
        }

        var own = ArrayPool<byte>.Shared.Rent(body.Length);
        body.CopyTo(own);
        return CompressAndSendAsync(context, new(own, 0, body.Length), coding, answerHeaders, now);
    }

    /// <summary>Answers 304 when the client has the answer already; false when it does not say so.</summary>
    /// <exception cref="ProblemException">412: the client wants another one.</exception>
    public static bool TrySendKnown(HttpContext context, in AnswerHeaders answerHeaders, DateTimeOffset now) =>
        TrySendKnown(new Exchange(context), answerHeaders, now);

    private static bool TrySendKnown(in Exchange exchange, in AnswerHeaders answerHeaders, DateTimeOffset now)
    {
        var (etag, modified) = (answerHeaders.ETag, answerHeaders.Lifetime.LastModified);
        if (exchange.WantsUnchanged)
        {
            Preconditions.Check(exchange.Method, exchange.Request, etag, modified);
        }

        var isKnown = Preconditions.IsKnown(exchange.Method, exchange.Request, etag, modified);
        if (isKnown)
        {
            WriteHeaders(exchange.Response, etag, answerHeaders.Lifetime, now);
            exchange.SetStatus(StatusCodes.Status304NotModified);
        }

        return isKnown;
    }

    /// <summary>Sends bytes that are in a coding such as <c>br</c>; empty for none. The entity tag is that of the coded bytes.</summary>
    public static Task SendAsync(
        HttpContext context, ReadOnlyMemory<byte> body, StringValues coding, in AnswerHeaders answerHeaders, DateTimeOffset now) =>
        SendAsync(new Exchange(context), body, coding, answerHeaders, now);

    private static Task SendAsync(
        in Exchange exchange, ReadOnlyMemory<byte> body, StringValues coding, in AnswerHeaders answerHeaders, DateTimeOffset now)
    {
        if (TrySendKnown(exchange, answerHeaders, now))
        {
            return Task.CompletedTask;
        }

        WriteHeaders(exchange.Response, answerHeaders, coding, now);
        return WriteAsync(exchange, body);
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

    /// <summary>Writes the headers of an answer that is sent while it is written: it has no length.</summary>
    /// <param name="response">The response.</param>
    /// <param name="answerHeaders">The headers; the entity tag is that of the coded bytes, and empty for none.</param>
    /// <param name="coding">The coding; null for none.</param>
    /// <param name="now">The current time.</param>
    public static void WriteHeadersOfStream(HttpResponse response, in AnswerHeaders answerHeaders, string? coding, DateTimeOffset now) =>
        WriteHeaders(response.Headers, answerHeaders, coding, now);

    private static async Task CompressAndSendAsync(Exchange exchange, EncodedBody body, AnswerHeaders answerHeaders, DateTimeOffset now)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        body.Compress();
        await SendAsync(exchange, body, answerHeaders, now);
    }

    private static async Task CompressAndSendAsync(
        HttpContext context, ArraySegment<byte> pooled, string coding, AnswerHeaders answerHeaders, DateTimeOffset now)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var compressed = AnswerCoding.Compress(pooled, coding, CompressionLevel.Fastest);
        await (compressed is { } small
            ? SendAsync(context, small, coding, answerHeaders with { ETag = AnswerCoding.TagOf(answerHeaders.ETag, coding) }, now)
            : SendAsync(context, pooled, answerHeaders, now));
        ArrayPool<byte>.Shared.Return(pooled.Array!);
    }

    private static void WriteHeaders(IHeaderDictionary headers, in AnswerHeaders answerHeaders, StringValues coding, DateTimeOffset now)
    {
        WriteHeaders(headers, answerHeaders.ETag, answerHeaders.Lifetime, now);
        if (coding.Count > 0)
        {
            headers.ContentEncoding = coding;
        }

        WriteType(headers, answerHeaders.ContentType);
    }

    private static void WriteType(IHeaderDictionary headers, string contentType)
    {
        headers.ContentType = contentType;
        if (contentType.StartsWith("text/", StringComparison.Ordinal))
        {
            HeaderValues.ForbidGuessing(headers);
        }
    }

    private static void WriteHeaders(IHeaderDictionary headers, StringValues etag, in CacheLifetime lifetime, DateTimeOffset now)
    {
        HeaderValues.AllowAnyOrigin(headers);
        headers.ETag = etag;
        headers.CacheControl = HeaderValues.CacheFor(lifetime.MaxAge(now));
        HeaderValues.TellWhatVaries(headers);
        if (lifetime.LastModified is { } modified)
        {
            headers.LastModified = modified;
        }
    }

    /// <summary>Writes a body with its type and length, and no body to HEAD. The caller has set the status and other headers.</summary>
    public static Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> body, string contentType)
    {
        WriteType(context.Response.Headers, contentType);
        return WriteAsync(new Exchange(context), body);
    }

    private static Task WriteAsync(in Exchange exchange, ReadOnlyMemory<byte> body)
    {
        exchange.Response.ContentLength = body.Length;
        if (HttpMethods.IsHead(exchange.Method))
        {
            return Task.CompletedTask;
        }

        // The write waits only for a client that does not read. It ends with the connection, so a cancellation token would add
        // nothing and cost a registration.
        var writing = exchange.Body.WriteAsync(body, CancellationToken.None);
        if (!writing.IsCompletedSuccessfully)
        {
            return writing.AsTask();
        }

        _ = writing.Result;
        return Task.CompletedTask;
    }
}
