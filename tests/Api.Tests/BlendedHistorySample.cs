using Rates.Core;
using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>
/// Providers of every kind that a blend of a past day may meet, with random figures of July and August 2026 and of the turn of the year
/// before.
/// </summary>
internal static class BlendedHistorySample
{
    private static readonly (DateOnly From, DateOnly To)[] Periods =
        [(new(2025, 12, 8), new(2026, 1, 12)), (new(2026, 7, 1), Sample.Today)];

    /// <summary>The keys of all of them.</summary>
    public static string[] Keys => [.. Plans.Select(plan => plan.Provider.Profile.Key)];

    private static Plan[] Plans { get; } =
    [
        new(Sample.Ecb, ["EUR/USD", "EUR/GBP", "EUR/JPY", "EUR/CHF"]),
        new(Of("dollar", one => one with { Pivot = Currency.Usd, Calendar = new() { Days = "MON-SUN" } }),
            ["USD/EUR", "USD/GBP", "USD/JPY", "USD/THB"], OnWeekends: true),
        new(Of("far", one => one with { Calendar = new() { Zone = "America/Los_Angeles", Cadence = Cadence.Live } }),
            ["EUR/USD", "EUR/JPY", "EUR/THB"]),

        // Bids and asks of a chain of pairs without a currency in common, some of them missing on each day.
        new(Of("chain", one => one with { Pivot = default }), ["EUR/CHF", "CHF/GBP", "GBP/USD", "JPY/USD"], LeavesOut: 3, IsTwoSided: true),
        new(Of("copy", one => one with { Independence = "ecb" }), ["EUR/USD", "EUR/GBP"]),
        new(Of("stopped"), ["EUR/USD", "EUR/GBP", "EUR/THB"], Until: new(2026, 7, 28)),
        new(Of("ended", one => one with { HistoryUntil = new(2026, 7, 31), Calendar = new() { Cadence = Cadence.None } }),
            ["EUR/USD", "EUR/CHF"], Until: new(2026, 7, 31)),
        new(Of("begun"), ["EUR/USD", "EUR/JPY", "EUR/CHF"], From: new(2026, 8, 4)),
        new(Of("monthly", one => one with { Calendar = new() { Cadence = Cadence.Monthly, DayOfMonth = 1 } }),
            ["EUR/USD", "EUR/XOF"], DayOfMonth: 1),
        new(Of("customs", one => one with { Category = ProviderCategory.Official }), ["EUR/USD", "EUR/GBP"]),
        new(Of("unknown") with { IsAnnounced = false }, ["EUR/USD"]),
        new(Of("peg", one => one with { HistoryFrom = new(2025, 12, 8), Calendar = new() { Cadence = Cadence.None } }),
            ["EUR/XOF"], Until: new(2025, 12, 8)),
        new(Of("late"), ["EUR/USD", "EUR/GBP"], SheetAsOf: new(2026, 8, 3)),
        new(Of("ahead", one => one with { Calendar = new() { Days = "MON-SUN" } }), ["EUR/USD", "EUR/CHF"], DaysAhead: 2),
        new(Of("odd"), ["EUR/EUR", "EUR/USD", "USD/EUR"], IsIndex: true),
        new(Of("empty"), []),
    ];

    /// <summary>A store of all of them; every second day has an earlier state, which was known until a day later.</summary>
    public static InMemoryRates Store(Random random)
    {
        var store = new InMemoryRates();
        foreach (var plan in Plans)
        {
            var (key, profile) = (plan.Provider.Profile.Key, plan.Provider.Profile);
            store.Add(plan.Provider);
            List<Observation> figures = [.. Days(plan, random).SelectMany(day => Figures(plan, day, random))];
            foreach (var day in figures.GroupBy(figure => figure.AsOf))
            {
                store.Remember(key, Stored(day.Key, [.. day], random));
            }

            var current = SheetMerge.InUse(
                figures.Where(figure => plan.SheetAsOf is null || figure.AsOf <= plan.SheetAsOf), profile.Calendar.Cadence);
            if (current.Count > 0)
            {
                var newest = current.Max(figure => figure.AsOf);
                var fetchedAt = InMemoryRates.FetchedAt(newest) < Sample.Now ? InMemoryRates.FetchedAt(newest) : Sample.Now;
                store.Publish(Sample.Sheet(key, newest, fetchedAt, null) with { Observations = current });
            }
        }

        return store;
    }

    private static StoredProvider Of(string key, Func<ProviderProfile, ProviderProfile>? change = null) =>
        Sample.Known(key, one => (change ?? (same => same))(one with { Calendar = new() { At = new(16, 0) } }));

    private static IEnumerable<DateOnly> Days(Plan plan, Random random) =>
        from period in Periods
        from number in Enumerable.Range(period.From.DayNumber, period.To.DayNumber - period.From.DayNumber + 1 + plan.DaysAhead)
        let day = DateOnly.FromDayNumber(number)
        where plan.OnWeekends || day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
        where !(day < plan.From) && !(day > plan.Until) && (plan.DayOfMonth is null || day.Day == plan.DayOfMonth)
        where plan.DayOfMonth is not null || plan.Until is not null || random.Next(8) > 0
        select day;

    private static IEnumerable<Observation> Figures(Plan plan, DateOnly day, Random random)
    {
        foreach (var pair in plan.Pairs.Where(_ => plan.LeavesOut == 0 || random.Next(plan.LeavesOut) > 0).Select(CurrencyPair.Parse))
        {
            var level = Level(pair.Quote) / Level(pair.Base);
            var factor = random.Next(25) switch { 0 => 1.3m, 1 => 0.8m, 2 => 1.06m, 3 => 0, _ => 1 + (random.Next(-40, 40) / 10_000m) };
            var rate = decimal.Round(level * factor, random.Next(2, 7));
            var kind = plan.IsIndex && random.Next(3) == 0 ? RateKind.Index : RateKind.Reference;
            var isUnconfirmed = random.Next(7) == 0;
            yield return new(day, pair, rate, plan.IsTwoSided ? RateKind.Bid : kind) { IsUnconfirmed = isUnconfirmed };
            if (plan.IsTwoSided && random.Next(3) > 0)
            {
                yield return new(day, pair, rate * 1.001m, RateKind.Ask);
            }
        }
    }

    private static StoredDay Stored(DateOnly day, Observation[] figures, Random random)
    {
        var first = InMemoryRates.FetchedAt(day);
        first = first < Sample.Now ? first : Sample.Now;
        if (random.Next(2) == 0 || figures.Length < 2)
        {
            return new(day, first, figures);
        }

        // Corrected a day later, and completed.
        return new(day, first.AddDays(1) < Sample.Now ? first.AddDays(1) : Sample.Now, figures)
        {
            Revisions =
            [
                new(first, [figures[0] with { Rate = figures[0].Rate + 0.01m }], [(figures[^1].Pair, figures[^1].Kind)]),
            ],
        };
    }

    private static decimal Level(Currency currency) => currency.Code switch
    {
        "USD" => 1.16m,
        "GBP" => 0.865m,
        "JPY" => 171.2m,
        "CHF" => 0.94m,
        "THB" => 37.7m,
        "XOF" => 655.957m,
        _ => 1,
    };

    /// <summary>What a provider publishes, and when.</summary>
    /// <param name="Provider">The provider.</param>
    /// <param name="Pairs">Its pairs.</param>
    /// <param name="OnWeekends">Whether it publishes on weekends.</param>
    /// <param name="LeavesOut">One of so many figures is missing; 0 for none.</param>
    /// <param name="IsTwoSided">Whether it publishes bids, most of them with asks.</param>
    /// <param name="From">First day; null for the first of all.</param>
    /// <param name="Until">Last day; null for the last of all. One that has a last day leaves none out.</param>
    /// <param name="DayOfMonth">The only day of each month; null for all.</param>
    /// <param name="SheetAsOf">The newest day of its sheet, where later days are stored; null for the newest day.</param>
    /// <param name="DaysAhead">How many days before them it publishes the figures of days.</param>
    /// <param name="IsIndex">Whether some days have an index alone, of which no rate is made.</param>
    private sealed record Plan(
        StoredProvider Provider, string[] Pairs, bool OnWeekends = false, int LeavesOut = 0, bool IsTwoSided = false, DateOnly? From = null,
        DateOnly? Until = null, int? DayOfMonth = null, DateOnly? SheetAsOf = null, int DaysAhead = 0, bool IsIndex = false);
}
