namespace Rates.Api;

/// <summary>
/// A feature of a request for a history whose client can take only a part at once: its newest days are answered, whole weeks or months
/// where days are grouped. Afterwards it tells what was left out.
/// </summary>
/// <param name="most">Most days (weeks, months) x series.</param>
internal sealed class HistoryPage(int most)
{
    /// <summary>The first day of the answer, where earlier ones were left out; null where none were.</summary>
    public DateOnly? First { get; private set; }

    /// <summary>Finds the first day of the answer, so that it fits.</summary>
    /// <param name="ask">What is asked for.</param>
    /// <param name="today">Today, UTC.</param>
    /// <exception cref="ProblemException">400: not even one day (week, month) fits.</exception>
    public void Cut(HistoryAsk ask, DateOnly today)
    {
        var (quotes, providers) = (HistoryLimits.QuotesOf(ask), ask.Blend is null ? ask.Providers.Length : 1);
        var periods = most / (quotes * Math.Max(1, providers));
        if (periods == 0)
        {
            throw ProblemException.BadParameter(
                RatesParameters.Quotes.Name,
                $"{quotes} quotes x {providers} providers are more than the {most} rates that are answered at once; ask for fewer");
        }

        var first = FirstOf(ask.LastDay(today), periods, ask.Query.Group);
        First = first > ask.From ? first : null;
    }

    // The first day of so many days (weeks, months) up to a day.
    private static DateOnly FirstOf(DateOnly last, int periods, DayGroup group) => group switch
    {
        DayGroup.Week => RateGroup.EndOf(last, group).DaysBefore((7 * periods) - 1),
        DayGroup.Month when (last.Year * 12) + last.Month - periods is var month and >= 12 => new(month / 12, (month % 12) + 1, 1),
        DayGroup.Month => DateOnly.MinValue,
        _ => last.DaysBefore(periods - 1),
    };
}
