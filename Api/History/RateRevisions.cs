using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// A rate of one day, with the period in which it was the known rate of that day: from its arrival until a correction replaced it.
/// </summary>
/// <param name="Day">The day.</param>
/// <param name="Rate">Quote units for 1 base, as it is shown.</param>
/// <param name="KnownFrom">Since when, UTC.</param>
/// <param name="KnownUntil">Until when, UTC, not included; null for the rate that is known now.</param>
/// <param name="IsDerived">True for a cross.</param>
/// <param name="IsUnconfirmed">True when it is made of a figure that no second source has confirmed.</param>
internal readonly record struct RateRevision(
    DateOnly Day, decimal Rate, DateTimeOffset KnownFrom, DateTimeOffset? KnownUntil, bool IsDerived, bool IsUnconfirmed)
{
    /// <summary>True for a rate that ships with the product: nobody fetched it here, so since when it is known is not stated.</summary>
    public bool IsShipped { get; init; }

    /// <summary>
    /// <see cref="KnownFrom"/> with all its digits: sent back as <c>knownAt</c>, it answers this rate. Null where it is not stated.
    /// </summary>
    public string? KnownFromText => IsShipped ? null : IsoText.OfTicks(KnownFrom);

    /// <summary>What there is to say of the rate; null for nothing.</summary>
    public string? Note => IsShipped ? EntryReasons.Shipped : null;

    /// <summary><see cref="KnownUntil"/> with all its digits; null for the rate that is known now.</summary>
    public string? KnownUntilText => KnownUntil is { } until ? IsoText.OfTicks(until) : null;
}

/// <summary>Computes a provider's past rates together with the earlier rates that later corrections replaced.</summary>
internal static class RateRevisions
{
    /// <summary>The rates of each quote, by day, of each day the rate that is known now first.</summary>
    /// <param name="days">The stored days, oldest first.</param>
    /// <param name="base">The base.</param>
    /// <param name="quotes">The quotes; null for every one that a day has.</param>
    /// <param name="entry">The provider.</param>
    public static SortedDictionary<Currency, List<RateRevision>> Of(
        IReadOnlyList<StoredDay> days, Currency @base, IReadOnlyList<Currency>? quotes, ProviderEntry entry)
    {
        var all = new SortedDictionary<Currency, List<RateRevision>>();
        foreach (var day in days)
        {
            foreach (var (quote, rates) in OfDay(day, @base, quotes, entry))
            {
                (all.TryGetValue(quote, out var list) ? list : all[quote] = []).AddRange(rates);
            }
        }

        return all;
    }

    private static Dictionary<Currency, List<RateRevision>> OfDay(
        StoredDay day, Currency @base, IReadOnlyList<Currency>? quotes, ProviderEntry entry)
    {
        var rates = new Dictionary<Currency, List<RateRevision>>();
        DateTimeOffset? until = null;
        for (var state = day; state is not null; state = state.Before())
        {
            var figures = new PackedFigures([state]);
            var asked = quotes ?? [.. YearRates.CurrenciesIn(figures).Where(quote => quote != @base)];
            var year = new YearRates(figures, @base, asked, entry.Stored.Profile.Pivot);
            foreach (var quote in asked)
            {
                foreach (var rate in year.Of(quote, state.Day, state.Day))
                {
                    Add(rates.TryGetValue(quote, out var list) ? list : rates[quote] = [], rate, state, until);
                }
            }

            until = state.FetchedAt;
        }

        return rates;
    }

    // A change of the day that left this rate as it was is none of this rate's.
    private static void Add(List<RateRevision> rates, HistoryRate rate, StoredDay state, DateTimeOffset? until)
    {
        if (rates.Count > 0 && rates[^1].Rate == rate.Rate && rates[^1].KnownFrom == until)
        {
            rates[^1] = rates[^1] with { KnownFrom = state.FetchedAt };
        }
        else
        {
            rates.Add(new(rate.Day, rate.Rate, state.FetchedAt, until, rate.IsDerived, rate.IsUnconfirmed) { IsShipped = state.IsShipped });
        }
    }
}
