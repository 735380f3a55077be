using Rates.Core;

namespace Rates.Store.Bench;

/// <summary>Writes made-up rates into a store: latest sheets, or years of history.</summary>
internal static class MadeUpRates
{
    private const int MostQuotes = 150;

    private static readonly Currency[] Quotes =
    [
        .. CurrencyRegistry.All.Where(record => record.Retired is null && record.Code != Currency.Eur).Select(record => record.Code)
            .OrderBy(code => "USD GBP JPY CHF CAD AUD".Contains(code.Code, StringComparison.Ordinal) ? 0 : 1).Take(MostQuotes),
    ];

    /// <summary>The store at an address of Redis or in a folder.</summary>
    public static ServiceProvider Open(string where) => new ServiceCollection().AddLogging().AddRateStore(
        new ConfigurationBuilder().AddInMemoryCollection([new(where.Contains(':') ? "Rates:Redis" : "Rates:DataFolder", where)]).Build())
        .BuildServiceProvider();

    /// <summary>Publishes a first sheet of each provider, with 30 to 150 quotes.</summary>
    public static async Task WriteSheetsAsync(string where, int providers)
    {
        await using var store = Open(where);
        for (var number = 0; number < providers; number++)
        {
            var profile = new ProviderProfile
            {
                Key = $"p{number:000}",
                Name = $"Bank number {number}",
                Pivot = Currency.Eur,
                Enabled = true,
                Calendar = new() { Cadence = Cadence.None },
            };
            await store.GetRequiredService<IProviders>().WriteProviderAsync(profile, new(), CancellationToken.None);
            await PublishAsync(store, Sheet(profile.Key, 30 + (number * 120 / providers), step: 0));
        }
    }

    /// <summary>Publishes one sheet under a claim of its own.</summary>
    public static async Task PublishAsync(IServiceProvider store, RateSheet sheet)
    {
        var claims = store.GetRequiredService<IClaims>();
        var claim = await claims.ClaimAsync(
            sheet.Provider, TimeProvider.System.GetUtcNow(), new("bench", TimeSpan.FromMinutes(1), TimeSpan.Zero, 1),
            CancellationToken.None);
        var published = await claims.PublishAsync(claim, sheet, FetchValidators.None, CancellationToken.None);
        if (!published.Accepted)
        {
            throw new InvalidOperationException($"{sheet.Provider} was not published: the claim was answered with {claim.Verdict}");
        }
    }

    /// <summary>A sheet of today.</summary>
    /// <param name="provider">The provider's key.</param>
    /// <param name="quotes">How many quotes of the euro it has.</param>
    /// <param name="step">Another number gives other rates.</param>
    public static RateSheet Sheet(string provider, int quotes, int step)
    {
        var now = TimeProvider.System.GetUtcNow();
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        return new()
        {
            Provider = provider,
            AsOf = day,
            FetchedAt = now,
            CheckedAt = now,
            NextExpectedAt = now.AddDays(1),
            Observations = [.. Figures(day, quotes, step)],
        };
    }

    /// <summary>Writes working days of the last years; returns the number of figures.</summary>
    /// <param name="where">The address of Redis, or a folder.</param>
    /// <param name="providers">How many providers.</param>
    /// <param name="years">How many years up to 2025.</param>
    /// <param name="quotes">How many quotes the first provider has.</param>
    /// <param name="mostQuotes">How many quotes the last one has; those between have numbers between.</param>
    public static async Task<long> WriteHistoryAsync(string where, int providers, int years, int quotes, int mostQuotes)
    {
        await using var store = Open(where);
        var history = store.GetRequiredService<IHistory>();
        var written = 0L;
        for (var number = 0; number < providers; number++)
        {
            for (var year = 2026 - years; year < 2026; year++)
            {
                List<Observation> figures = [];
                for (var day = new DateOnly(year, 1, 1); day.Year == year; day = day.AddDays(1))
                {
                    if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                    {
                        figures.AddRange(Figures(day, quotes + (number * (mostQuotes - quotes + 1) / providers), day.DayNumber + number));
                    }
                }

                await history.UpsertHistoryAsync($"p{number:000}", figures, TimeProvider.System.GetUtcNow(), CancellationToken.None);
                written += figures.Count;
            }
        }

        return written;
    }

    // Four to six digits, as banks print.
    private static IEnumerable<Observation> Figures(DateOnly day, int quotes, int step) => Quotes.Take(quotes).Select(
        (quote, index) => new Observation(
            day, new(Currency.Eur, quote), 1.1634m + (index * 0.7311m) + (step % 997 * 0.0001m), RateKind.Reference));
}
