namespace Rates.Api;

/// <summary>
/// One point of a series in <c>/v1/history</c>: the rate of a day, or of a week or month with first, last, highest, lowest and mean rate.
/// </summary>
/// <param name="Day">The day of the last figure.</param>
/// <param name="Last">The last figure.</param>
/// <param name="First">The first figure.</param>
/// <param name="High">The highest figure.</param>
/// <param name="Low">The lowest figure.</param>
/// <param name="Average">The mean of the figures, rounded like a cross when there are several.</param>
/// <param name="IsDerived">True when at least one figure is a cross.</param>
/// <param name="IsUnconfirmed">True when no second source has confirmed at least one figure.</param>
internal readonly record struct HistoryPoint(DateOnly Day, decimal Last, decimal First, decimal High, decimal Low, decimal Average,
    bool IsDerived, bool IsUnconfirmed)
{
    /// <summary>The day that the last figure was published for; earlier than <see cref="Day"/> on a day that was filled.</summary>
    public DateOnly AsOf { get; init; } = Day;

    /// <summary>Groups rates.</summary>
    /// <param name="rates">Oldest first.</param>
    /// <param name="group">By day, every rate is a point.</param>
    public static IEnumerable<HistoryPoint> Of(IReadOnlyList<HistoryRate> rates, DayGroup group) => group == DayGroup.Day
        ? rates.Select(rate => new HistoryPoint(
            rate.Day, rate.Rate, rate.Rate, rate.Rate, rate.Rate, rate.Rate, rate.IsDerived, rate.IsUnconfirmed)
        {
            AsOf = rate.AsOf,
        })
        : rates.GroupBy(rate => EndOf(rate.Day, group)).Select(days => Of([.. days]));

    private static HistoryPoint Of(HistoryRate[] days) => new(
        days[^1].Day,
        days[^1].Rate,
        days[0].Rate,
        days.Max(rate => rate.Rate),
        days.Min(rate => rate.Rate),
        days.Length == 1 ? days[0].Rate : RateRounding.Significant(days.Average(rate => rate.Rate), RateRounding.CrossDigits),
        days.Any(rate => rate.IsDerived),
        days.Any(rate => rate.IsUnconfirmed))
    {
        AsOf = days[^1].AsOf,
    };

    // The last day of the week or month.
    private static DateOnly EndOf(DateOnly day, DayGroup group) => group == DayGroup.Month
        ? new DateOnly(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month))
        : DateOnly.FromDayNumber(Math.Min(DateOnly.MaxValue.DayNumber, day.DayNumber + ((7 - (int)day.DayOfWeek) % 7)));
}
