using Rates.Core;

namespace Rates.Api;

/// <summary>
/// Gives every calendar day a rate: its own, or one of an earlier day. It takes a provider's years one after another, oldest first, and
/// keeps what the next year needs.
/// </summary>
/// <param name="from">First day to answer, included; years before it only give earlier rates.</param>
/// <param name="today">No day after it is filled, unless the provider has a figure of that day or a later one.</param>
/// <param name="daysFor">The days whose newest rate answers for a day; no earlier for a later day.</param>
internal sealed class HistoryFiller(DateOnly from, DateOnly today, Func<DateOnly, (DateOnly From, DateOnly To)> daysFor)
{
    private readonly SortedDictionary<Currency, List<HistoryRate>> _earlier = [];
    private readonly Func<DateOnly, (DateOnly From, DateOnly To)> _daysFor = daysFor;
    private DateOnly _next = from;

    /// <summary>The first day whose rate may be needed.</summary>
    public DateOnly First { get; } = daysFor(from).From;

    /// <summary>A filler that gives each day the rate that a rule takes for it.</summary>
    public static HistoryFiller Of(DayRule rule, DateOnly from, DateOnly today, ProviderProfile profile) => new(from, today, day =>
    {
        var days = rule.DaysFor(day, profile.Calendar);
        return (days.From ?? days.To.DaysBefore(RatesLimits.LookBackDays(profile)), days.To);
    });

    /// <summary>The rates of every day after those answered before, up to <paramref name="until"/>, by quote.</summary>
    /// <param name="found">The rates of the days up to <paramref name="until"/> that were not given before, oldest first.</param>
    /// <param name="until">Last day, included.</param>
    public SortedDictionary<Currency, List<HistoryRate>> Fill(SortedDictionary<Currency, List<HistoryRate>> found, DateOnly until)
    {
        foreach (var (quote, rates) in found)
        {
            (_earlier.TryGetValue(quote, out var known) ? known : _earlier[quote] = []).AddRange(rates);
        }

        var filled = new SortedDictionary<Currency, List<HistoryRate>>();
        foreach (var (quote, rates) in _earlier)
        {
            var last = rates[^1].Day > today ? rates[^1].Day : today;
            if (Days(rates, last < until ? last : until) is { Count: > 0 } days)
            {
                filled[quote] = days;
            }
        }

        _next = until >= _next && until < DateOnly.MaxValue ? until.AddDays(1) : _next;
        return filled;
    }

    // Leaves of the earlier rates those that a later day may need.
    private List<HistoryRate> Days(List<HistoryRate> rates, DateOnly until)
    {
        List<HistoryRate> days = [];
        var newest = 0;
        for (var number = _next.DayNumber; number <= until.DayNumber; number++)
        {
            var day = DateOnly.FromDayNumber(number);
            var (first, last) = _daysFor(day);
            while (newest + 1 < rates.Count && rates[newest + 1].Day <= last)
            {
                newest++;
            }

            if (rates[newest].Day >= first && rates[newest].Day <= last)
            {
                days.Add(rates[newest] with { Day = day });
            }
        }

        rates.RemoveRange(0, newest);
        return days;
    }
}
