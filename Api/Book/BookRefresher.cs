using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>Keeps the book in step with the store: on every hint, and once a poll interval in case a hint was lost.</summary>
/// <remarks>
/// What is served never goes backwards and never goes away: a sheet is replaced by a later one only, and stays when the store
/// is down, has lost it or holds something unreadable in its place.
/// </remarks>
internal sealed partial class BookRefresher(
    IRateReader store, CurrentBook current, BookDisk disk, ShippedSheets shipped, IOptions<ApiOptions> options, TimeProvider time, ILogger<BookRefresher> log) : BackgroundService
{
    // A flood of hints may cost the store no more than this.
    private static readonly TimeSpan LeastGap = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan FirstPass = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CorruptRetry = TimeSpan.FromSeconds(30);

    // One waiting tick is enough: a pass reads everything that is new.
    private readonly Channel<bool> _ticks = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly SemaphoreSlim _onePass = new(1, 1);
    private readonly TaskCompletionSource _firstPass = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, CorruptSheet> _corrupt = [];
    private string? _providersRevision;
    private StoreLink? _link;
    private bool _hasReachedStore;

    /// <summary>Whether the store answers; null before it was first asked.</summary>
    public StoreLink? Link => Volatile.Read(ref _link);

    /// <summary>Whether the store answered at least once: until then all that is served comes from the disk copy.</summary>
    public bool HasReachedStore => Volatile.Read(ref _hasReachedStore);

    /// <summary>Takes the disk copy; without one, gives the store a moment, so that the first request already finds rates.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var kept = await disk.LoadAsync(cancellationToken);
        var known = kept.Select(copy => Entry(null, copy.Stored, copy.Sheet, "", now)).ToDictionary(entry => entry.Key);
        foreach (var sheet in shipped.Sheets.Where(sheet => known.GetValueOrDefault(sheet.Provider)?.Sheet is null))
        {
            known[sheet.Provider] = Entry(null, known.GetValueOrDefault(sheet.Provider)?.Stored ?? Unheard(sheet.Provider), sheet, "", now);
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
            var index = await store.ReadIndexAsync(cancellationToken);
            Note(isUp: true, now, "");
            await ReadProvidersAsync(index, entries, now, cancellationToken);
            foreach (var (provider, stored) in index.Sheets)
            {
                if (stored.IsAfter(PlaceIn(entries, provider)) && !IsKnownCorrupt(provider, stored, now))
                {
                    entries[provider] = await ReadSheetAsync(provider, stored, entries.GetValueOrDefault(provider), now, cancellationToken);
                }
            }
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
            return Link is { IsUp: true } ? await store.WatchAsync(_ => _ticks.Writer.TryWrite(true), cancellationToken) : null;
        }
        catch (StoreUnavailableException)
        {
            // The next pass says so; polling goes on meanwhile.
            return null;
        }
    }

    private async Task ReadProvidersAsync(RateIndex index, Dictionary<string, ProviderEntry> entries, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (index.ProvidersRevision == _providersRevision)
        {
            return;
        }

        foreach (var (provider, stored) in await store.ReadProvidersAsync(cancellationToken))
        {
            var known = entries.GetValueOrDefault(provider);
            entries[provider] = Entry(known, Readable(stored), known?.Sheet, known?.Trouble ?? "", now);
        }

        _providersRevision = index.ProvidersRevision;
    }

    private async Task<ProviderEntry> ReadSheetAsync(
        string provider, SheetVersion stored, ProviderEntry? known, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var told = known?.Stored ?? Unheard(provider);
        try
        {
            var sheet = await store.ReadSheetAsync(provider, cancellationToken);
            _corrupt.Remove(provider);

            // The index is written with the sheet but read before it: the sheet itself says which one it is.
            return sheet is not null && sheet.Place().IsAfter(known?.Sheet?.Place() ?? default)
                ? Entry(known, told, sheet, "", now)
                : known ?? Entry(null, told, null, "", now);
        }
        catch (CorruptSheetException corrupt)
        {
            if (!_corrupt.TryGetValue(provider, out var before) || before.Version != stored)
            {
                Log.Corrupt(log, provider, corrupt.Message);
            }

            _corrupt[provider] = new(stored, now + CorruptRetry);
            return Entry(known, told, known?.Sheet, corrupt.Message, now);
        }
    }

    // Keeps the page, with all that is encoded in it, while it would be made of the same figures.
    private static ProviderEntry Entry(ProviderEntry? known, StoredProvider stored, RateSheet? sheet, string trouble, DateTimeOffset now)
    {
        var isSame = known is not null && ReferenceEquals(known.Sheet, sheet) && known.Stored.Profile.Pivot == stored.Profile.Pivot;
        var entry = ProviderEntry.Of(stored, sheet, isSame ? known!.Page : null, trouble, now);
        if (!isSame)
        {
            entry.Page?.Warm(known?.Page);
        }

        return entry;
    }

    // A worker of another version may know holidays or zones that this program does not: its figures count all the same.
    private static StoredProvider Readable(StoredProvider stored) => stored.Profile.Calendar.Validate() is { Count: > 0 } faults
        ? stored with { Profile = stored.Profile with { Calendar = new() { Cadence = stored.Profile.Calendar.Cadence }, Note = string.Join("; ", faults) } }
        : stored;

    // Its sheet is here before any worker has told who it is.
    private static StoredProvider Unheard(string provider) => new(new ProviderProfile { Key = provider, Name = provider, Enabled = true }, null, new());

    private static SheetVersion PlaceIn(Dictionary<string, ProviderEntry> entries, string provider) => entries.GetValueOrDefault(provider)?.Sheet?.Place() ?? default;

    private bool IsKnownCorrupt(string provider, SheetVersion stored, DateTimeOffset now) =>
        _corrupt.TryGetValue(provider, out var corrupt) && corrupt.Version == stored && now < corrupt.RetryAt;

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

    private readonly record struct CorruptSheet(SheetVersion Version, DateTimeOffset RetryAt);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Provider}: the last good sheet stays in use. {Why}")]
        public static partial void Corrupt(ILogger logger, string provider, string why);

        [LoggerMessage(2, LogLevel.Information, "The store answers")]
        public static partial void Reached(ILogger logger);

        [LoggerMessage(3, LogLevel.Warning, "The store cannot be reached ({Why}); {Sheets} sheets held in memory are served on")]
        public static partial void Unreachable(ILogger logger, string why, int sheets);
    }
}
