using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>Reads what changed in the store since the last pass, and nothing else.</summary>
internal sealed partial class StoreReader(ISheetReader sheets, IProviderReader providers, ILogger log)
{
    private static readonly TimeSpan CorruptRetry = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, CorruptSheet> _corrupt = [];
    private string? _providersRevision;

    /// <summary>An entry of what is known now. Keeps the page, with all that is encoded in it, while it would be made of the same figures.</summary>
    public static ProviderEntry Entry(ProviderEntry? known, StoredProvider stored, RateSheet? sheet, string trouble, DateTimeOffset now)
    {
        var isSame = known is not null && ReferenceEquals(known.Sheet, sheet) && known.Stored.Profile.Pivot == stored.Profile.Pivot;
        var entry = ProviderEntry.Of(stored, sheet, isSame ? known!.Page : null, trouble, now);
        if (!isSame)
        {
            entry.Page?.Warm(known?.Page);
        }

        return entry;
    }

    /// <summary>A provider whose sheet is here before any worker has told who it is.</summary>
    public static StoredProvider Unheard(string provider) => new(new ProviderProfile { Key = provider, Name = provider, Enabled = true }, null, new());

    /// <summary>Brings <paramref name="entries"/> up to the index. What was read before the store failed stays read.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public async Task ReadAsync(RateIndex index, Dictionary<string, ProviderEntry> entries, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await ReadProvidersAsync(index, entries, now, cancellationToken);
        foreach (var (provider, stored) in index.Sheets)
        {
            if (stored.IsAfter(PlaceIn(entries, provider)) && !IsKnownCorrupt(provider, stored, now))
            {
                entries[provider] = await ReadSheetAsync(provider, stored, entries.GetValueOrDefault(provider), now, cancellationToken);
            }
        }
    }

    private async Task ReadProvidersAsync(RateIndex index, Dictionary<string, ProviderEntry> entries, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (index.ProvidersRevision == _providersRevision)
        {
            return;
        }

        foreach (var (provider, told) in await providers.ReadProvidersAsync(cancellationToken))
        {
            var stored = Readable(told);
            var known = entries.GetValueOrDefault(provider);
            if (known?.Stored != stored)
            {
                entries[provider] = Entry(known, stored, known?.Sheet, known?.Trouble ?? "", now);
            }
        }

        _providersRevision = index.ProvidersRevision;
    }

    private async Task<ProviderEntry> ReadSheetAsync(
        string provider, SheetVersion stored, ProviderEntry? known, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var told = known?.Stored ?? Unheard(provider);
        try
        {
            var sheet = await sheets.ReadSheetAsync(provider, cancellationToken);
            _corrupt.Remove(provider);

            // The index is written with the sheet but read before it: the sheet itself says which one it is.
            return sheet is not null && SheetVersion.Of(sheet).IsAfter(SheetVersion.Of(known?.Sheet))
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

    // A worker of another version may know holidays or zones that this program does not: its figures count all the same.
    private static StoredProvider Readable(StoredProvider stored) => stored.Profile.Calendar.Validate() is { Count: > 0 } faults
        ? stored with { Profile = stored.Profile with { Calendar = new() { Cadence = stored.Profile.Calendar.Cadence }, Note = string.Join("; ", faults) } }
        : stored;

    private static SheetVersion PlaceIn(Dictionary<string, ProviderEntry> entries, string provider) => SheetVersion.Of(entries.GetValueOrDefault(provider)?.Sheet);

    private bool IsKnownCorrupt(string provider, SheetVersion stored, DateTimeOffset now) =>
        _corrupt.TryGetValue(provider, out var corrupt) && corrupt.Version == stored && now < corrupt.RetryAt;

    private readonly record struct CorruptSheet(SheetVersion Version, DateTimeOffset RetryAt);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Provider}: the last good sheet stays in use. {Why}")]
        public static partial void Corrupt(ILogger logger, string provider, string why);
    }
}
