using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Rates.Store;

namespace Rates.Api;

/// <summary>Keeps the book in step with the store: on every hint, and once a poll interval in case a hint was lost.</summary>
/// <remarks>
/// What is served never goes backwards and never goes away: a sheet is replaced by a later one only, and stays when the store
/// is down, has lost it or holds something unreadable in its place.
/// </remarks>
internal sealed partial class BookRefresher(
    ISheetReader sheets, IProviderReader providers, CurrentBook current, BookDisk disk, ShippedSheets shipped, IOptions<ApiOptions> options,
    TimeProvider time, ILogger<BookRefresher> log) : BackgroundService
{
    // A flood of hints may cost the store no more than this.
    private static readonly TimeSpan LeastGap = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan FirstPass = TimeSpan.FromSeconds(1);

    // One waiting tick is enough: a pass reads everything that is new.
    private readonly Channel<bool> _ticks = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly SemaphoreSlim _onePass = new(1, 1);
    private readonly TaskCompletionSource _firstPass = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StoreReader _changes = new(sheets, providers, log);
    private StoreConnection? _link;
    private bool _hasReachedStore;

    /// <summary>Whether the store answers; null before it was first asked.</summary>
    public StoreConnection? Link => Volatile.Read(ref _link);

    /// <summary>Whether the store answered at least once: until then all that is served comes from the disk copy.</summary>
    public bool HasReachedStore => Volatile.Read(ref _hasReachedStore);

    /// <summary>Takes the disk copy; without one, gives the store a moment, so that the first request already finds rates.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var kept = await disk.LoadAsync(cancellationToken);
        var known = kept.Select(copy => StoreReader.Entry(null, copy.Stored, copy.Sheet, "", now)).ToDictionary(entry => entry.Key);
        foreach (var sheet in shipped.Sheets.Where(sheet => known.GetValueOrDefault(sheet.Provider)?.Sheet is null))
        {
            known[sheet.Provider] = StoreReader.Entry(null, known.GetValueOrDefault(sheet.Provider)?.Stored ?? StoreReader.Unheard(sheet.Provider), sheet, "", now);
        }

        current.Swap(new(known.Values, [.. options.Value.DefaultProviders]), []);
        await base.StartAsync(cancellationToken);
        if (!current.Book.HasSheets)
        {
            await Task.WhenAny(_firstPass.Task, Task.Delay(FirstPass, time, cancellationToken));
        }
    }

    /// <summary>One pass: reads what is new and swaps it in.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _onePass.WaitAsync(cancellationToken);
        try
        {
            await RefreshAloneAsync(cancellationToken);
        }
        finally
        {
            _onePass.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _onePass.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var poll = time.CreateTimer(_ => _ticks.Writer.TryWrite(true), null, Jittered(), Timeout.InfiniteTimeSpan);
        IAsyncDisposable? watch = null;
        try
        {
            _ticks.Writer.TryWrite(true);
            await foreach (var _ in _ticks.Reader.ReadAllAsync(stoppingToken))
            {
                await RefreshAsync(stoppingToken);
                watch ??= await WatchAsync(stoppingToken);
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

    private async Task RefreshAloneAsync(CancellationToken cancellationToken)
    {
        var before = current.Book;
        var now = time.GetUtcNow();
        var entries = before.Entries.ToDictionary(entry => entry.Key, entry => entry.At(now));
        try
        {
            var index = await sheets.ReadIndexAsync(cancellationToken);
            Note(isUp: true, now, "");
            await _changes.ReadAsync(index, entries, now, cancellationToken);
        }
        catch (StoreUnavailableException down)
        {
            Note(isUp: false, now, down.Message);
        }

        if (entries.Count != before.Entries.Length || before.Entries.Any(entry => !ReferenceEquals(entries[entry.Key], entry)))
        {
            var after = new RateBook(entries.Values, [.. options.Value.DefaultProviders]);
            current.Swap(after, BookEvent.Between(before, after));
        }

        _firstPass.TrySetResult();
    }

    private async Task<IAsyncDisposable?> WatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Link is { IsUp: true } ? await sheets.WatchAsync(_ => _ticks.Writer.TryWrite(true), cancellationToken) : null;
        }
        catch (StoreUnavailableException)
        {
            // The next pass says so; polling goes on meanwhile.
            return null;
        }
    }

    private void Note(bool isUp, DateTimeOffset now, string why)
    {
        if (_link?.IsUp == isUp)
        {
            return;
        }

        Volatile.Write(ref _link, new(isUp, now));
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

    // Many Apis of one start do not poll in one breath.
    private TimeSpan Jittered() => options.Value.PollInterval * (0.9 + (Random.Shared.NextDouble() * 0.2));

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Information, "The store answers")]
        public static partial void Reached(ILogger logger);

        [LoggerMessage(3, LogLevel.Warning, "The store cannot be reached ({Why}); {Sheets} sheets held in memory are served on")]
        public static partial void Unreachable(ILogger logger, string why, int sheets);
    }
}
