using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Rates.Api;

/// <summary>Header values that many answers share, made once so that no answer allocates its own.</summary>
internal static class HeaderValues
{
    private const int Minute = 60;
    private const int MaxMinutes = 24 * 60;

    // Every second of the first minute, then every minute of a day; other spans are rounded down.
    private static readonly StringValues[] BySecond = [.. Enumerable.Range(0, Minute).Select(MaxAge)];
    private static readonly StringValues[] ByMinute = [.. Enumerable.Range(0, MaxMinutes + 1).Select(minutes => MaxAge(minutes * Minute))];

    private static readonly StringValues Any = "*";
    private static readonly StringValues NoSniff = "nosniff";

    /// <summary>The Vary header: the Accept header may choose the format.</summary>
    public static StringValues Vary { get; } = "Accept, Accept-Encoding";

    /// <summary>
    /// The Cache-Control header for an answer that may be cached for a span. Below a second it is 0, above a day it is a day.
    /// </summary>
    public static StringValues CacheFor(TimeSpan span) => span.Ticks <= 0 ? BySecond[0]
        : span.TotalSeconds < Minute ? BySecond[(int)span.TotalSeconds]
        : ByMinute[(int)Math.Min(span.TotalMinutes, MaxMinutes)];

    /// <summary>Allows a web page of any origin to read the answer: rates are public.</summary>
    public static void AllowAnyOrigin(IHeaderDictionary headers) => headers.AccessControlAllowOrigin = Any;

    /// <summary>Tells browsers not to guess the type of a text; they never guess about JSON.</summary>
    public static void ForbidGuessing(IHeaderDictionary headers) => headers.XContentTypeOptions = NoSniff;

    private static StringValues MaxAge(int seconds) => string.Create(CultureInfo.InvariantCulture, $"public, max-age={seconds}");
}
