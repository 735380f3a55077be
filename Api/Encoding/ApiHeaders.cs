using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Rates.Api;

/// <summary>Header values, made once.</summary>
internal static class ApiHeaders
{
    private const int Minute = 60;
    private const int MaxMinutes = 24 * 60;

    // Every second of the first minute, then every minute of a day, rounded down: no answer allocates its own.
    private static readonly StringValues[] BySecond = [.. Enumerable.Range(0, Minute).Select(MaxAge)];
    private static readonly StringValues[] ByMinute = [.. Enumerable.Range(0, MaxMinutes + 1).Select(minutes => MaxAge(minutes * Minute))];

    private static readonly StringValues Any = "*";
    private static readonly StringValues NoSniff = "nosniff";

    /// <summary>Answers depend on what the client accepts.</summary>
    public static StringValues Vary { get; } = "Accept, Accept-Encoding";

    /// <summary>For answers that are right for so long; less than a second is not at all, more than a day is a day.</summary>
    public static StringValues CacheFor(TimeSpan span) => span.Ticks <= 0 ? BySecond[0]
        : span.TotalSeconds < Minute ? BySecond[(int)span.TotalSeconds]
        : ByMinute[(int)Math.Min(span.TotalMinutes, MaxMinutes)];

    /// <summary>Rates are no secret: a page of any origin may read them.</summary>
    public static void AllowAnyOrigin(IHeaderDictionary headers) => headers.AccessControlAllowOrigin = Any;

    /// <summary>Text is what it says it is. JSON needs no such word: browsers guess nothing about it.</summary>
    public static void ForbidGuessing(IHeaderDictionary headers) => headers.XContentTypeOptions = NoSniff;

    private static StringValues MaxAge(int seconds) => string.Create(CultureInfo.InvariantCulture, $"public, max-age={seconds}");
}
