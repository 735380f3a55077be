using Cronos;

namespace Rates.Store;

/// <summary>
/// Computes when a provider is due for fetching by a cron expression in a time zone: when the wall clock there matches the expression.
/// </summary>
/// <remarks>
/// The library reads the expression, and here the wall clock is turned into instants. Its own answers do not always lie after
/// the question where summer time is the standard one (Dublin, Casablanca) or a day was left out (Apia): a walk by them never
/// ends, and a trigger by them fires without a pause.
/// </remarks>
internal sealed class ZonedCron : IDueTimes
{
    // No zone has two changes within two days of each other.
    private static readonly TimeSpan AroundAChange = TimeSpan.FromHours(26);

    private const int FieldsWithSeconds = 6;

    private readonly CronExpression _wall;
    private readonly TimeZoneInfo _zone;
    private readonly bool _everyHour;

    /// <param name="expression">The expression, with <c>H</c> resolved.</param>
    /// <param name="text">The same as written.</param>
    /// <param name="zone">Whose wall clock it is about.</param>
    public ZonedCron(CronExpression expression, string text, TimeZoneInfo zone)
    {
        (_wall, _zone, Expression) = (expression, zone, text);
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        _everyHour = fields[fields.Length == FieldsWithSeconds ? 2 : 1].StartsWith('*');
    }

    /// <summary>The expression.</summary>
    public string Expression { get; }

    /// <summary>The first due instant after <paramref name="after"/>; null when there is none.</summary>
    /// <remarks>
    /// A time that the clocks skip is due when they have been put forward, unless that is another day; one that they show twice
    /// is due the first time. An expression of every hour is due in every hour that passes.
    /// </remarks>
    public DateTimeOffset? NextAfter(DateTimeOffset after) => _everyHour ? NextOfEveryHour(after) : NextOfTheDay(after);

    private DateTimeOffset? NextOfTheDay(DateTimeOffset after)
    {
        for (var wall = Wall(after); NextOnWall(wall) is { } next; wall = next)
        {
            if (Instant(next) is { } instant && instant > after)
            {
                return instant;
            }
        }

        return null;
    }

    private DateTimeOffset? NextOfEveryHour(DateTimeOffset after)
    {
        var offset = _zone.GetUtcOffset(after);
        while (NextOnWall(after.ToUniversalTime() + offset) is { } next)
        {
            var instant = next - offset;
            if (_zone.GetUtcOffset(instant) == offset)
            {
                return instant;
            }

            var change = Change(after, instant);
            (after, offset) = (change.AddSeconds(-1), _zone.GetUtcOffset(change));
        }

        return null;
    }

    /// <summary>When the wall clock shows it, for the first time; null when it never does, nor jumps over it on that day.</summary>
    private DateTimeOffset? Instant(DateTimeOffset wall)
    {
        var (before, behind) = (_zone.GetUtcOffset(wall - AroundAChange), _zone.GetUtcOffset(wall + AroundAChange));
        var (early, late) = before > behind ? (wall - before, wall - behind) : (wall - behind, wall - before);
        if (Wall(early) == wall)
        {
            return early;
        }

        if (Wall(late) == wall)
        {
            return late;
        }

        var change = Change(early, late);
        return Wall(change).Date == wall.Date ? change : null;
    }

    /// <summary>The first second of another offset, between two instants whose offsets differ.</summary>
    private DateTimeOffset Change(DateTimeOffset from, DateTimeOffset to)
    {
        var offset = _zone.GetUtcOffset(from);
        while (to - from > TimeSpan.FromSeconds(1))
        {
            var middle = from.AddSeconds(Math.Floor((to - from).TotalSeconds / 2));
            (from, to) = _zone.GetUtcOffset(middle) == offset ? (middle, to) : (from, middle);
        }

        return to;
    }

    private DateTimeOffset? NextOnWall(DateTimeOffset wall) =>
        _wall.GetNextOccurrence(wall.UtcDateTime) is { } next ? new(next, TimeSpan.Zero) : null;

    /// <summary>What the wall clock shows, written as if it were UTC.</summary>
    private DateTimeOffset Wall(DateTimeOffset instant) => instant.ToUniversalTime() + _zone.GetUtcOffset(instant);
}
