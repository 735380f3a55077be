using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>Reads from the store those providers' latest rates and descriptions that changed since the Api last read them.</summary>
internal sealed partial class StoreChangeReader(ISheetReader sheets, IProviderReader providers, ILogger log)
{
    // Sheets that are read together: after a start, waiting for each alone would take longer than decoding it.
    private const int AtATime = 16;

    private static readonly TimeSpan CorruptRetry = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, CorruptSheet> _corrupt = [];
    private string? _providersRevision;
    private bool _hasRead;

    /// <summary>How many providers the store had descriptions of when they were last read.</summary>
    public int Announced { get; private set; }

    /// <summary>
    /// Makes a provider's entry. The encoded rates of <paramref name="known"/> are kept while the figures and the pivot are the
    /// same. At a start nothing is encoded before it is asked for, so that the first answer comes sooner.
    /// </summary>
    public static ProviderEntry Entry(
        ProviderEntry? known, StoredProvider stored, RateSheet? sheet, string storeFault, DateTimeOffset now, bool isStart)
    {
        var isSame = known is not null && SheetComparison.IsSame(known.Sheet, sheet) && known.Stored.Profile.Pivot == stored.Profile.Pivot;

        // At a start the time of the fetch is used: clients that stored an answer of the previous run see that nothing changed. Later
        // in a run that time may be too early: a sheet can arrive after sheets that were fetched after it.
        var modifiedAt = sheet is not null && (isStart || sheet.FetchedAt > now) ? sheet.FetchedAt : now;
        var entry = ProviderEntry.Of(stored, sheet, isSame ? known : null, modifiedAt, storeFault, now);
        if (!isSame && !isStart)
        {
            entry.Rates?.Warm(known?.Rates);
        }

        return entry;
    }

    /// <summary>The record of a provider whose sheet is in the store before any worker has announced the provider.</summary>
    public static StoredProvider Unannounced(string provider) =>
        new(new ProviderProfile { Key = provider, Name = provider, Enabled = true }, null, new()) { IsAnnounced = false };

    /// <summary>Updates <paramref name="entries"/> to the index. Entries that were read before the store failed stay.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public async Task ReadAsync(
        RateIndex index, Dictionary<string, ProviderEntry> entries, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await ReadProvidersAsync(index, entries, now, cancellationToken);
        var due = index.Sheets.Where(one => one.Value.IsAfter(VersionIn(entries, one.Key)) && !IsKnownCorrupt(one.Key, one.Value, now));
        var newest = SheetVersion.Newest(index.Sheets.Values);

        // In the order in which they were published, so that who was told of one was told of all before it, also when the store fails.
        foreach (var batch in due.OrderBy(one => one.Value.Epoch, StringComparer.Ordinal).ThenBy(one => one.Value.Version).Chunk(AtATime))
        {
            var reads = Array.ConvertAll(batch, one => sheets.ReadSheetAsync(one.Key, cancellationToken));

            // All are over before the first that failed ends this: none goes on unseen.
            await Task.WhenAll((IEnumerable<Task>)reads).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var ((provider, stored), read) in batch.Zip(reads))
            {
                entries[provider] = await EntryOfAsync(provider, stored, entries.GetValueOrDefault(provider), newest, read, now);
            }
        }

        _hasRead = true;
    }

    private async Task ReadProvidersAsync(
        RateIndex index, Dictionary<string, ProviderEntry> entries, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (index.ProvidersRevision == _providersRevision)
        {
            return;
        }

        var records = await providers.ReadProvidersAsync(cancellationToken);
        foreach (var (provider, record) in records)
        {
            var stored = Readable(record);
            var known = entries.GetValueOrDefault(provider);
            if (known?.Stored != stored)
            {
                entries[provider] = Entry(known, stored, known?.Sheet, known?.StoreFault ?? "", now, !_hasRead);
            }
        }

        _providersRevision = index.ProvidersRevision;
        Announced = records.Count;
    }

    private async Task<ProviderEntry> EntryOfAsync(
        string provider, SheetVersion stored, ProviderEntry? known, SheetVersion newest, Task<RateSheet?> read, DateTimeOffset now)
    {
        var announced = known?.Stored ?? Unannounced(provider);
        try
        {
            var sheet = await read;
            _corrupt.Remove(provider);

            // The index was read before the sheet, so the sheet may be a later one than the index says. One that was published after
            // everything in the index waits for the next pass: others may have been published before it, and are told before it.
            return sheet is not null && SheetVersion.Of(sheet).IsAfter(SheetVersion.Of(known?.Sheet))
                && !SheetVersion.PublishedOf(sheet).IsAfter(newest)
                ? Entry(known, announced, sheet, "", now, !_hasRead)
                : known ?? Entry(null, announced, null, "", now, !_hasRead);
        }
        catch (CorruptSheetException corrupt)
        {
            if (!_corrupt.TryGetValue(provider, out var before) || before.Version != stored)
            {
                Log.Corrupt(log, provider, corrupt.Message);
            }

            _corrupt[provider] = new(stored, now + CorruptRetry);
            return Entry(known, announced, known?.Sheet, corrupt.Message, now, !_hasRead);
        }
    }

    // A worker of another version may know holidays or zones that this program does not; its rates are still served.
    private static StoredProvider Readable(StoredProvider stored) => stored.Profile.Calendar.Validate() is { Count: > 0 } faults
        ? stored with
        {
            Profile = stored.Profile with
            {
                Calendar = new() { Cadence = stored.Profile.Calendar.Cadence },
                Note = string.Join("; ", faults),
            },
        }
        : stored;

    private static SheetVersion VersionIn(Dictionary<string, ProviderEntry> entries, string provider) =>
        SheetVersion.Of(entries.GetValueOrDefault(provider)?.Sheet);

    private bool IsKnownCorrupt(string provider, SheetVersion stored, DateTimeOffset now) =>
        _corrupt.TryGetValue(provider, out var corrupt) && corrupt.Version == stored && now < corrupt.RetryAt;

    /// <summary>A provider's latest rates that were found unreadable in the store, by version.</summary>
    private readonly record struct CorruptSheet(SheetVersion Version, DateTimeOffset RetryAt);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Provider}: the last good sheet stays in use. {Why}")]
        public static partial void Corrupt(ILogger logger, string provider, string why);
    }
}
