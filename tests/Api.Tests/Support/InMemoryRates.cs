using System.Collections.Concurrent;
using Rates.Core;
using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>A store in memory that counts what is asked of it, and that can be down or hold damage.</summary>
internal sealed class InMemoryRates : ISheetReader, IProviderReader, IHistoryReader
{
    private readonly ConcurrentDictionary<string, RateSheet> _sheets = new();
    private readonly ConcurrentDictionary<string, StoredProvider> _providers = new();
    private readonly ConcurrentDictionary<string, List<Observation>> _history = new();
    private readonly ConcurrentDictionary<(string Provider, DateOnly Day), StoredDay> _days = new();
    private readonly ConcurrentDictionary<string, string> _corrupt = new();
    private readonly ConcurrentDictionary<Action<string>, bool> _hints = new();
    private readonly ConcurrentQueue<string> _calls = new();
    private int _providersRevision;
    private long _version = 1_700_000_000_000;

    /// <summary>True: every call fails as an unreachable store's does.</summary>
    public bool IsDown { get; set; }

    /// <summary>True: reading history fails in a way that nobody foresaw.</summary>
    public bool IsBroken { get; set; }

    /// <summary>What was asked, such as <c>sheet ecb</c>, in order.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    /// <summary>The store's life; a later text is a later life.</summary>
    public string Epoch { get; set; } = "1700000000000-a";

    /// <summary>The store's id.</summary>
    public string Id { get; set; } = "";

    /// <summary>How many follow hints.</summary>
    public int Watchers => _hints.Count;

    public void ForgetCalls() => _calls.Clear();

    public void Add(StoredProvider provider)
    {
        _providers[provider.Profile.Key] = provider;
        Interlocked.Increment(ref _providersRevision);
    }

    /// <summary>Publishes a sheet, under the next version unless it has one.</summary>
    public RateSheet Publish(RateSheet sheet)
    {
        var placed = sheet with { Epoch = Epoch, Version = sheet.Version > 0 ? sheet.Version : Interlocked.Increment(ref _version) };
        _sheets[sheet.Provider] = placed;
        _corrupt.TryRemove(sheet.Provider, out _);
        return placed;
    }

    public void Remember(string provider, params Observation[] observations) => _history.GetOrAdd(provider, _ => []).AddRange(observations);

    /// <summary>Stores a day as it is, in place of what was remembered of it.</summary>
    public void Remember(string provider, StoredDay day) => _days[(provider, day.Day)] = day;

    /// <summary>From now on the provider's stored sheet is damaged, under a new version.</summary>
    public void Corrupt(string provider)
    {
        Publish(_sheets[provider] with { Version = 0 });
        _corrupt[provider] = "its body does not match its sha256";
    }

    /// <summary>Loses every sheet, as a flushed store does.</summary>
    public void Lose() => _sheets.Clear();

    public void Hint(string provider)
    {
        foreach (var hint in _hints.Keys)
        {
            hint(provider);
        }
    }

    public Task<RateIndex> ReadIndexAsync(CancellationToken cancellationToken) => Answer("index", () => new RateIndex(
        _sheets.ToDictionary(sheet => sheet.Key, sheet => new SheetVersion(sheet.Value.Epoch, sheet.Value.Version, sheet.Value.AsOf)),
        $"{_providersRevision}", Id));

    public Task<RateSheet?> ReadSheetAsync(string provider, CancellationToken cancellationToken) => Answer($"sheet {provider}", () =>
        _corrupt.TryGetValue(provider, out var why) ? throw new CorruptSheetException(provider, why) : _sheets.GetValueOrDefault(provider));

    public Task<IReadOnlyDictionary<string, StoredProvider>> ReadProvidersAsync(CancellationToken cancellationToken) =>
        Answer("providers", IReadOnlyDictionary<string, StoredProvider> () => new Dictionary<string, StoredProvider>(_providers));

    /// <summary>When the figures of a past day were fetched: a minute after its end.</summary>
    public static DateTimeOffset FetchedAt(DateOnly day) => new(day.ToDateTime(new(23, 59)), TimeSpan.Zero);

    public Task<IReadOnlyList<StoredDay>> ReadDaysAsync(string provider, DateOnly first, DateOnly last,
        CancellationToken cancellationToken) =>
        IsBroken ? throw new InvalidOperationException("password=hunter2")
        : DamagedDay is { } damaged && damaged >= first && damaged <= last
            ? throw new CorruptSheetException(provider, $"the history of {damaged:yyyy-MM-dd} is not readable")
            : Answer($"history {provider}", IReadOnlyList<StoredDay> () =>
        [
            .. _history.GetValueOrDefault(provider, []).Where(figure => figure.AsOf >= first && figure.AsOf <= last)
                .GroupBy(figure => figure.AsOf)
                .Where(day => !_days.ContainsKey((provider, day.Key)))
                .Select(day => new StoredDay(day.Key, FetchedAt(day.Key), [.. day]))
                .Concat(_days.Where(day => day.Key.Provider == provider && day.Key.Day >= first && day.Key.Day <= last)
                    .Select(day => day.Value))
                .OrderBy(day => day.Day),
        ]);

    /// <summary>A day of history that is damaged; null for none.</summary>
    public DateOnly? DamagedDay { get; set; }

    /// <summary>The revision of the history of every provider.</summary>
    public long HistoryRevision { get; set; }

    public Task<long> ReadHistoryRevisionAsync(string provider, CancellationToken cancellationToken) =>
        Answer($"revision {provider}", () => HistoryRevision);

    public Task<IAsyncDisposable> WatchAsync(Action<string> hint, CancellationToken cancellationToken) =>
        Answer("watch", IAsyncDisposable () =>
    {
        _hints[hint] = true;
        return new Watch(() => _hints.TryRemove(hint, out _));
    });

    private Task<T> Answer<T>(string call, Func<T> answer)
    {
        _calls.Enqueue(call);
        try
        {
            return IsDown
                ? Task.FromException<T>(new StoreUnavailableException("127.0.0.1:6379 does not answer", null))
                : Task.FromResult(answer());
        }
        catch (CorruptSheetException corrupt)
        {
            return Task.FromException<T>(corrupt);
        }
    }

    private sealed class Watch(Action end) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            end();
            return ValueTask.CompletedTask;
        }
    }
}
