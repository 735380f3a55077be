using Rates.Core;

namespace Rates.Api;

/// <summary>
/// Computes the rates of one base for every calendar day, for façades (interfaces of other services): a day without a publication has the
/// rates of the last one before it.
/// </summary>
internal static class FacadeSeries
{
    /// <summary>
    /// The rates of every calendar day, each by the first provider that has the pair on the day or within the 14 days before it.
    /// </summary>
    /// <param name="rates">Reads the published figures.</param>
    /// <param name="book">The book.</param>
    /// <param name="indexes">The providers, in order of preference.</param>
    /// <param name="base">1 base = rate quote.</param>
    /// <param name="quotes">The quotes; null for all.</param>
    /// <param name="from">First day, included.</param>
    /// <param name="to">Last day, included; no day after today is answered.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<SortedDictionary<DateOnly, SortedDictionary<Currency, decimal>>> OfCalendarDaysAsync(
        this FacadeRates rates, RateBook book, ushort[] indexes, Currency @base, IReadOnlyCollection<Currency>? quotes, DateOnly from,
        DateOnly to, CancellationToken cancellationToken)
    {
        var days = new SortedDictionary<DateOnly, SortedDictionary<Currency, decimal>>();
        var last = to < rates.Today ? to : rates.Today;
        foreach (var index in indexes)
        {
            var published = await rates.SeriesAsync(
                book, [index], @base, quotes, from.DaysBefore(RatesLimits.DailyLookBackDays), last, cancellationToken);
            AddFilled(days, published, from, last);
        }

        return days;
    }

    private static void AddFilled(
        SortedDictionary<DateOnly, SortedDictionary<Currency, decimal>> days,
        SortedDictionary<DateOnly, SortedDictionary<Currency, decimal>> published, DateOnly from, DateOnly to)
    {
        var inForce = new Dictionary<Currency, (decimal Rate, DateOnly Since)>();
        for (var day = from.DaysBefore(RatesLimits.DailyLookBackDays); day <= to; day = day.AddDays(1))
        {
            foreach (var (quote, rate) in published.GetValueOrDefault(day) ?? [])
            {
                inForce[quote] = (rate, day);
            }

            foreach (var (quote, (rate, since)) in inForce)
            {
                if (day >= from && since >= day.DaysBefore(RatesLimits.DailyLookBackDays))
                {
                    (days.TryGetValue(day, out var rates) ? rates : days[day] = []).TryAdd(quote, rate);
                }
            }
        }
    }
}
