using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Rates.Api;

/// <summary>
/// Evaluates the preconditions of a read (<c>If-Match</c>, <c>If-Unmodified-Since</c>, <c>If-None-Match</c>, <c>If-Modified-Since</c>) in
/// the order and by the comparisons of RFC 9110, section 13. A body that is posted is answered whatever they say.
/// </summary>
internal static class Preconditions
{
    /// <summary>Whether a request wants its answer only if that is still the one which the client has.</summary>
    public static bool WantsUnchanged(IHeaderDictionary request) => request.IfMatch.Count > 0 || request.IfUnmodifiedSince.Count > 0;

    /// <summary>Refuses a read that wants an unchanged answer, where the answer is another one.</summary>
    /// <param name="method">The method of the request.</param>
    /// <param name="request">Its headers.</param>
    /// <param name="etag">The entity tag of the answer in its coding; empty for none.</param>
    /// <param name="lastModified">Its Last-Modified header; null for none.</param>
    /// <exception cref="ProblemException">412, with the header and its value. Nothing was sent.</exception>
    public static void Check(string method, IHeaderDictionary request, StringValues etag, string? lastModified)
    {
        if (HttpMethods.IsPost(method))
        {
            return;
        }

        var wanted = request.IfMatch;
        if (wanted.Count > 0)
        {
            if (!NamesAny(wanted, etag, request.AcceptEncoding))
            {
                throw Failed(HeaderNames.IfMatch, wanted, etag.Count > 0
                    ? $"does not name the entity tag of the answer, {etag}"
                    : "names no answer that there is: it has no entity tag");
            }
        }
        else if (request.IfUnmodifiedSince is { Count: > 0 } since && lastModified is not null && IsAfter(lastModified, since) == true)
        {
            // A header that is no date is ignored, and so is one where nothing tells when the answer changed.
            throw Failed(HeaderNames.IfUnmodifiedSince, since, $"is before the answer changed, {lastModified}");
        }
    }

    /// <summary>Whether the client has the answer already, so that 304 tells it all.</summary>
    /// <param name="method">The method of the request.</param>
    /// <param name="request">Its headers.</param>
    /// <param name="etag">The entity tag of the answer in its coding; empty for none.</param>
    /// <param name="lastModified">Its Last-Modified header; null for none.</param>
    public static bool IsKnown(string method, IHeaderDictionary request, StringValues etag, string? lastModified)
    {
        var known = request.IfNoneMatch;
        if (known.Count > 0)
        {
            return etag.Count > 0 && !HttpMethods.IsPost(method) && Names(known, etag, isWeak: true);
        }

        var since = request.IfModifiedSince;
        return since.Count > 0 && lastModified is not null && !HttpMethods.IsPost(method) && IsAfter(lastModified, since) == false;
    }

    // Null where the header is no date.
    private static bool? IsAfter(string lastModified, StringValues since) =>
        HeaderUtilities.TryParseDate(since.ToString(), out var then) && HeaderUtilities.TryParseDate(lastModified, out var last)
            ? last > then
            : null;

    // An answer is compressed from its second request on, so the tag that a client was given may be of another coding than the answer
    // has now: the tags of all codings that the request accepts are of the same content.
    private static bool NamesAny(StringValues wanted, StringValues etag, StringValues accepted)
    {
        var plain = AnswerCoding.PlainTagOf(etag);
        return Names(wanted, etag, isWeak: false) || Names(wanted, plain, isWeak: false)
            || Names(wanted, AnswerCoding.TagOf(plain, AnswerCoding.Best(accepted)), isWeak: false);
    }

    private static bool Names(StringValues lines, string? tag, bool isWeak)
    {
        foreach (var line in lines)
        {
            var left = line.AsSpan();
            while (!left.IsEmpty)
            {
                var one = QueryReader.TakeUntil(left, ',', out left).Trim();
                if (one is "*" || (tag is not null && (isWeak && one.StartsWith("W/") ? one[2..] : one).SequenceEqual(tag)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static ProblemException Failed(string header, StringValues value, string why)
    {
        var sent = ProblemException.Cut(value.ToString());
        return ProblemException.Of(StatusCodes.Status412PreconditionFailed, header, sent, $"{header}: '{sent}' {why}");
    }
}
