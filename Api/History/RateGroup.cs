namespace Rates.Api;

/// <summary>The rates of one week or month: the last one, with the first, highest, lowest and mean rate.</summary>
/// <param name="Last">
/// The last rate, of the last day that has one; a cross when at least one rate is a cross, and unconfirmed when at least one is.
/// </param>
/// <param name="First">The first rate.</param>
/// <param name="High">The highest rate.</param>
/// <param name="Low">The lowest rate.</param>
/// <param name="Average">The mean of the rates, rounded like a cross when there are several.</param>
internal readonly record struct RateGroup(HistoryRate Last, decimal First, decimal High, decimal Low, decimal Average)
{
    /// <summary>The figures that an answer has beside the last rate, with their names, in the order of columns.</summary>
    public static IReadOnlyList<(string Name, Func<RateGroup, decimal> Of)> Figures { get; } =
        [("first", one => one.First), ("high", one => one.High), ("low", one => one.Low), ("average", one => one.Average)];

    /// <summary>The names of <see cref="Figures"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Figures.Select(figure => figure.Name)];

    /// <summary>Groups rates.</summary>
    /// <param name="rates">Oldest first.</param>
    /// <param name="group">Week or month.</param>
    public static IEnumerable<RateGroup> Of(IEnumerable<HistoryRate> rates, DayGroup group) =>
        rates.GroupBy(rate => EndOf(rate.Day, group)).Select(days => Of([.. days]));

    private static RateGroup Of(HistoryRate[] days) => new(
        days[^1] with { IsDerived = days.Any(rate => rate.IsDerived), IsUnconfirmed = days.Any(rate => rate.IsUnconfirmed) },
        days[0].Rate,
        days.Max(rate => rate.Rate),
        days.Min(rate => rate.Rate),
        days.Length == 1 ? days[0].Rate : RateRounding.Significant(days.Average(rate => rate.Rate), RateRounding.CrossDigits));

    /// <summary>The last day of the week or month that a day is in.</summary>
    public static DateOnly EndOf(DateOnly day, DayGroup group) => group == DayGroup.Month
        ? new DateOnly(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month))
        : DateOnly.FromDayNumber(Math.Min(DateOnly.MaxValue.DayNumber, day.DayNumber + ((7 - (int)day.DayOfWeek) % 7)));
}
