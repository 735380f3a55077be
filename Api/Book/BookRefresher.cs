using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Rates.Core;
using Rates.Settings;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Keeps the book (<see cref="RateBook"/>, the rates in memory that requests are answered from) equal to the store: reads the store after
/// every notification, and once per poll interval in case a notification was lost.
/// </summary>
/// <remarks>
/// A sheet is only ever replaced by a later one. It stays when the store is down, has lost it, or holds an unreadable one.
/// </remarks>
internal sealed partial class BookRefresher(
    ISheetReader sheets,
    IProviderReader providers,
    IHistoryReader history,
    CurrentBook current,
    DiskCopyFile disk,
    ShippedSheets shipped,
    KnownProviders knownProviders,
    IOptions<ApiOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<BookRefresher> log) : BackgroundService
{
    // The shortest time between two reads of the store, however many notifications come.
    private static readonly TimeSpan LeastGap = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan FirstPass = TimeSpan.FromSeconds(1);

    // One waiting request is enough: a pass reads everything that is new.
    private readonly Channel<bool> _requests = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly SemaphoreSlim _passLock = new(1, 1);
    private readonly TaskCompletionSource _firstPass = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _startLock = new();
    private StoreChangeReader _changes = new(sheets, providers, log);
    private UnfetchedRates _unfetched = new(history);
    private StoreConnection? _connection;
    private string _storeId = "";
    private bool _hasReachedStore;
    private Task? _loaded;
    private Task _early = Task.CompletedTask;

    /// <summary>Whether the store answers; null before the first read.</summary>
    public StoreConnection? Connection => Volatile.Read(ref _connection);

    /// <summary>Whether the store answered at least once. Until then all rates come from the disk copy or were shipped.</summary>
    public bool HasReachedStore => Volatile.Read(ref _hasReachedStore);

    /// <summary>
    /// Begins to load and to read on another thread while the host is still being made, so that the first answer comes sooner. Without
    /// this call it begins when the host starts. What fails here is thrown then: here it would hide what is wrong with the settings.
    /// </summary>
    public static void BeginEarly(IServiceProvider services) =>
        _ = Task.Run(() => services.GetRequiredService<BookRefresher>().BeginEarly());

    /// <summary>Loads the disk copy. Without one, waits up to a second for the store, so that the first request finds rates.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        Task loaded;
        lock (_startLock)
        {
            loaded = _loaded ??= LoadAsync(cancellationToken);
        }

        await loaded;
        await base.StartAsync(cancellationToken);
        if (!current.Book.HasSheets)
        {
            await Task.WhenAny(_firstPass.Task, Task.Delay(FirstPass, time, cancellationToken));
        }
    }

    /// <summary>Makes one pass: reads what changed and replaces the book when something did.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _passLock.WaitAsync(cancellationToken);
        try
        {
            await RefreshAloneAsync(cancellationToken);
        }
        finally
        {
            _passLock.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _passLock.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var poll = time.CreateTimer(_ => _requests.Writer.TryWrite(true), null, Jittered(), Timeout.InfiniteTimeSpan);
        IAsyncDisposable? watch = null;
        try
        {
            await _early;
            if (_firstPass.Task.IsCompleted)
            {
                // What was read early is served; what changed since can wait for the server.
                await lifetime.WaitForStartAsync(stoppingToken);
            }

            _requests.Writer.TryWrite(true);
            await foreach (var _ in _requests.Reader.ReadAllAsync(stoppingToken))
            {
                await RefreshAsync(stoppingToken);
                if (watch is null)
                {
                    watch = await WatchAsync(stoppingToken);
                    current.Book.Warm();
                }

                poll.Change(Jittered(), Timeout.InfiniteTimeSpan);
                await Task.Delay(LeastGap, time, stoppingToken);
            }
        }
        finally
        {
            _firstPass.TrySetResult();
            if (watch is not null)
            {
                await watch.DisposeAsync();
            }
        }
    }

    private void BeginEarly()
    {
        lock (_startLock)
        {
            if (_loaded is null)
            {
                _loaded = LoadAsync(CancellationToken.None);
                _early = ReadEarlyAsync(_loaded);
            }
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var known = AtStart(await disk.LoadAsync(cancellationToken), time.GetUtcNow());
        current.Swap(
            new(known.Values, DefaultProviderKeys.Resolve(options.Value.DefaultProviders, known.Keys)) { IsBeforeStore = true }, []);
    }

    private async Task ReadEarlyAsync(Task loaded)
    {
        await loaded;
        await RefreshAsync(CancellationToken.None);
    }

    private async Task RefreshAloneAsync(CancellationToken cancellationToken)
    {
        var before = current.Stored;
        var now = time.GetUtcNow();
        var entries = before.Entries.ToDictionary(entry => entry.Key, entry => entry.At(now));
        try
        {
            var index = await sheets.ReadIndexAsync(cancellationToken);
            Note(isUp: true, now, "");
            if (index.StoreId.Length > 0 && index.StoreId != _storeId)
            {
                entries = TakeStoreId(index.StoreId, entries, now);
            }

            await _changes.ReadAsync(index, entries, now, cancellationToken);
            await _unfetched.ReadAsync(index, entries, now, cancellationToken);
        }
        catch (StoreUnavailableException down)
        {
            Note(isUp: false, now, down.Message);
        }

        if (entries.Count != before.Entries.Length
            || before.IsBeforeStore == _hasReachedStore
            || before.Entries.Any(entry => !ReferenceEquals(entries.GetValueOrDefault(entry.Key), entry)))
        {
            var after = new RateBook(entries.Values, DefaultProviderKeys.Resolve(options.Value.DefaultProviders, entries.Keys))
            {
                IsBeforeStore = !_hasReachedStore,
            };
            current.Swap(after, RateEvent.Between(before, after));
        }

        if (_connection is { IsUp: true })
        {
            knownProviders.Note(_changes.Announced, current.Book, now);
        }

        _firstPass.TrySetResult();
    }

    private Dictionary<string, ProviderEntry> AtStart(IReadOnlyList<SavedProvider> copies, DateTimeOffset now)
    {
        var known = copies
            .Select(copy => StoreChangeReader.Entry(null, copy.Stored, copy.Sheet, "", now, isStart: true))
            .ToDictionary(entry => entry.Key);
        foreach (var sheet in shipped.Sheets.Where(sheet => known.GetValueOrDefault(sheet.Provider)?.Sheet is null))
        {
            var stored = known.GetValueOrDefault(sheet.Provider)?.Stored
                ?? (shipped.Profiles.TryGetValue(sheet.Provider, out var profile)
                    ? new(profile, null, new())
                    : StoreChangeReader.Unannounced(sheet.Provider));
            known[sheet.Provider] = StoreChangeReader.Entry(null, stored, sheet, "", now, isStart: true);
        }

        return known;
    }

    /// <summary>The entries to go on with: without those of a disk copy, when that is of another store than the one that answers.</summary>
    private Dictionary<string, ProviderEntry> TakeStoreId(string id, Dictionary<string, ProviderEntry> entries, DateTimeOffset now)
    {
        var (copied, isFirst) = (disk.StoreId, _storeId.Length == 0);
        _storeId = disk.StoreId = id;

        // A store that lost its keys while this ran may have another id: what is in memory is of the same store.
        if (!isFirst || copied.Length == 0 || copied == id)
        {
            return entries;
        }

        Log.OtherStore(log, copied, id);
        _changes = new(sheets, providers, log);
        _unfetched = new(history);
        return AtStart([], now);
    }

    private async Task<IAsyncDisposable?> WatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Connection is { IsUp: true } ? await sheets.WatchAsync(_ => _requests.Writer.TryWrite(true), cancellationToken) : null;
        }
        catch (StoreUnavailableException)
        {
            // The next pass logs it; polling continues.
            return null;
        }
    }

    private void Note(bool isUp, DateTimeOffset now, string why)
    {
        if (_connection?.IsUp == isUp)
        {
            return;
        }

        Volatile.Write(ref _connection, new(isUp, now));
        if (isUp)
        {
            Volatile.Write(ref _hasReachedStore, true);
            Log.Reached(log);
        }
        else
        {
            Log.Unreachable(log, why, current.Book.Entries.Count(entry => entry.Sheet is not null));
        }
    }

    // Apis that were started together must not poll at the same moment.
    private TimeSpan Jittered() => options.Value.PollInterval * (0.9 + (Random.Shared.NextDouble() * 0.2));

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Information, "The store answers")]
        public static partial void Reached(ILogger logger);

        [LoggerMessage(4, LogLevel.Warning,
            "The disk copy is of another store ({Copied}) than the one that answers ({Id}): its sheets are no longer served")]
        public static partial void OtherStore(ILogger logger, string copied, string id);

        [LoggerMessage(
            3, LogLevel.Warning, "The store cannot be reached ({Why}) and is asked again; {Sheets} sheets in memory are served meanwhile")]
        public static partial void Unreachable(ILogger logger, string why, int sheets);
    }
}
