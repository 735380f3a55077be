using System.Globalization;
using Microsoft.Extensions.Primitives;
using Rates.Core;

namespace Rates.Api;

/// <summary>Header values that many answers share, made once so that no answer allocates its own.</summary>
internal static class HeaderValues
{
    private const string Unconfirmed = "Rates-Unconfirmed";

    private const int Minute = 60;

    // A figure can be corrected at any moment, so no answer may be cached longer.
    private const int MaxMinutes = 15;

    // Every second of the first minute, then every minute; other spans are rounded down.
    private static readonly StringValues[] BySecond = [.. Enumerable.Range(0, Minute).Select(MaxAge)];
    private static readonly StringValues[] ByMinute = [.. Enumerable.Range(0, MaxMinutes + 1).Select(minutes => MaxAge(minutes * Minute))];

    private static readonly StringValues Any = "*";
    private static readonly StringValues Exposed = $"ETag, Link, {Unconfirmed}, Retry-After";
    private static readonly StringValues NoSniff = "nosniff";

    /// <summary>The Vary header: Accept may choose the format, and Accept-Encoding the compression.</summary>
    public static StringValues Vary { get; } = "Accept, Accept-Encoding";

    /// <summary>The same where the answer may also depend on who asks.</summary>
    public static StringValues VaryByCaller { get; } = "Accept, Accept-Encoding, Authorization, X-Api-Key";

    /// <summary>
    /// The Cache-Control header for an answer that may be cached for a span. Below a second it is 0, above 15 minutes it is 15
    /// minutes. For as long again, but at most a minute, a cache may answer with the old one while it asks for a new one.
    /// </summary>
    public static StringValues CacheFor(TimeSpan span) => span.Ticks <= 0 ? BySecond[0]
        : span.TotalSeconds < Minute ? BySecond[(int)span.TotalSeconds]
        : ByMinute[(int)Math.Min(span.TotalMinutes, MaxMinutes)];

    /// <summary>Allows a web page of any origin to read the answer with its entity tag: rates are public.</summary>
    public static void AllowAnyOrigin(IHeaderDictionary headers)
    {
        headers.AccessControlAllowOrigin = Any;
        headers.AccessControlExposeHeaders = Exposed;
    }

    /// <summary>Sets the Vary header, unless the gate has: it does where the answer may depend on who asks.</summary>
    public static void TellWhatVaries(IHeaderDictionary headers)
    {
        if (headers.Vary.Count == 0)
        {
            headers.Vary = Vary;
        }
    }

    /// <summary>
    /// Names the currencies of which no second source has confirmed the rates, with commas between them. Formats of other services have no
    /// place for such a mark.
    /// </summary>
    public static void NameUnconfirmed(IHeaderDictionary headers, IEnumerable<Currency> currencies)
    {
        string[] codes = [.. currencies.Select(currency => currency.Code)];
        if (codes.Length > 0)
        {
            headers.Append(Unconfirmed, string.Join(',', codes));
        }
    }

    /// <summary>Forbids browsers to guess the type of a text; they never guess the type of JSON.</summary>
    public static void ForbidGuessing(IHeaderDictionary headers) => headers.XContentTypeOptions = NoSniff;

    private static StringValues MaxAge(int seconds) => seconds == 0
        ? "public, max-age=0"
        : string.Create(CultureInfo.InvariantCulture, $"public, max-age={seconds}, stale-while-revalidate={Math.Min(seconds, Minute)}");
}
