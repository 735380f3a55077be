namespace Rates.Core;

/// <summary>
/// The days whose rates a worker requests from a source, first and last day included, and today in the source's time zone.
/// </summary>
/// <param name="From">First requested day.</param>
/// <param name="To">Last requested day; never before <paramref name="From"/>.</param>
/// <param name="Today">Today in the source's time zone. Sources with a separate "latest" address choose the address by it.</param>
public readonly record struct FetchWindow(DateOnly From, DateOnly To, DateOnly Today)
{
    /// <summary>Number of days in the window, at least 1.</summary>
    public int Length => To.DayNumber - From.DayNumber + 1;

    /// <summary>A window of one day.</summary>
    public static FetchWindow Of(DateOnly day, DateOnly today) => new(day, day, today);

    /// <summary>Every day of the window, oldest first.</summary>
    public IEnumerable<DateOnly> Days()
    {
        for (var day = From; day <= To; day = day.AddDays(1))
        {
            yield return day;
        }
    }

    /// <summary>Splits the window into consecutive windows of at most <paramref name="days"/> days, oldest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="days"/> is zero or negative.</exception>
    public IEnumerable<FetchWindow> Chunks(int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(days);
        for (var from = From; from <= To; from = from.AddDays(days))
        {
            yield return this with { From = from, To = from.AddDays(Math.Min(days - 1, To.DayNumber - from.DayNumber)) };
        }
    }

    /// <summary>The first day of every month that has a day in the window, oldest first.</summary>
    public IEnumerable<DateOnly> Months()
    {
        for (var month = new DateOnly(From.Year, From.Month, 1); month <= To; month = month.AddMonths(1))
        {
            yield return month;
        }
    }

    /// <summary>Every year that has a day in the window, oldest first.</summary>
    public IEnumerable<int> Years() => Enumerable.Range(From.Year, To.Year - From.Year + 1);
}
