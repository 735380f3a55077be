using Rates.Core;
using Rates.Store;

namespace Rates.Http.Bench;

/// <summary>A store of sixty made-up providers with 31 to 170 currencies each: the load that the figures in RESULTS.md are for.</summary>
internal sealed class SyntheticRates : ISheetReader, IProviderReader, IHistoryReader
{
    private const int Providers = 60;
    private const int FewestCurrencies = 31;
    private const int MostCurrencies = 170;

    private static readonly DateOnly Day = new(2026, 8, 20);
    private static readonly DateTimeOffset FetchedAt = new(2026, 8, 20, 14, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, (StoredProvider Stored, RateSheet Sheet)> _providers = Enumerable.Range(0, Providers).Select(Make)
        .ToDictionary(made => made.Stored.Profile.Key);

    /// <inheritdoc/>
    public Task<RateIndex> ReadIndexAsync(CancellationToken cancellationToken) => Task.FromResult(new RateIndex(
        _providers.ToDictionary(provider => provider.Key,
            provider => new SheetVersion(provider.Value.Sheet.Epoch, provider.Value.Sheet.Version, Day)), "1"));

    /// <inheritdoc/>
    public Task<RateSheet?> ReadSheetAsync(string provider, CancellationToken cancellationToken) =>
        Task.FromResult<RateSheet?>(_providers[provider].Sheet);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, StoredProvider>> ReadProvidersAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, StoredProvider>>(
            _providers.ToDictionary(provider => provider.Key, provider => provider.Value.Stored));

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredDay>> ReadDaysAsync(string provider, DateOnly first, DateOnly last,
        CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StoredDay>>([]);

    /// <inheritdoc/>
    public Task<long> ReadHistoryRevisionAsync(string provider, CancellationToken cancellationToken) => Task.FromResult(0L);

    /// <inheritdoc/>
    public Task<IAsyncDisposable> WatchAsync(Action<string> hint, CancellationToken cancellationToken) =>
        Task.FromResult<IAsyncDisposable>(new Nothing());

    private static (StoredProvider Stored, RateSheet Sheet) Make(int number)
    {
        var key = $"p{number:00}";
        var count = FewestCurrencies + (number * (MostCurrencies - FewestCurrencies) / (Providers - 1));
        var living = CurrencyRegistry.All.Where(record => record.Retired is null && record.Code != Currency.Eur)
            .Select(record => record.Code).ToList();

        // The currencies that queries ask for come first, so that every provider has them.
        const string Common = "USD GBP JPY CHF CAD AUD CNY SEK NOK DKK PLN CZK HUF RON BGN "
            + "TRY ILS INR IDR KRW MXN MYR NZD PHP SGD THB ZAR BRL HKD ISK";
        Currency[] common = [.. Common.Split(' ').Select(Currency.Parse)];
        Currency[] quotes = [.. common.Concat(living.Except(common)).Take(count)];
        var sheet = new RateSheet
        {
            Provider = key,
            AsOf = Day,
            FetchedAt = FetchedAt,
            CheckedAt = FetchedAt,
            NextExpectedAt = FetchedAt.AddYears(10),
            Epoch = "1700000000000-bench",
            Version = number + 1,
            Observations = [.. quotes.Order().Select((quote, place) => new Observation(
                Day, new(Currency.Eur, quote), 1.1634m + (place * 0.7311m) + (number * 0.0001m), RateKind.Reference))],
        };
        var profile = new ProviderProfile
        {
            Key = key,
            Name = $"Bank number {number}",
            Pivot = Currency.Eur,
            Enabled = true,
            Calendar = new() { Cadence = Cadence.None }
        };
        return (new(profile, null, new()), sheet);
    }

    private sealed class Nothing : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
