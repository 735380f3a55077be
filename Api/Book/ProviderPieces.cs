using Rates.Core;

namespace Rates.Api;

/// <summary>What an answer reads of one provider, side by side. Immutable.</summary>
/// <remarks>
/// A query that nobody asked before finds little of the book in the processor's cache. These values stand in one array, so that an answer
/// waits for one line of it, where the entry, its sheet and its crosses are seven.
/// </remarks>
internal readonly struct ProviderPieces
{
    private readonly EncodedSheet? _sheet;

    private ProviderPieces(ProviderEntry entry)
    {
        Entry = entry;
        JsonStart = entry.JsonStart;
        _sheet = entry.Rates;
        UntilTicks = Math.Min(TicksOf(entry.ExpectedAt), TicksOf(entry.ChangesAt));
        ModifiedTicks = entry.ModifiedAt?.UtcTicks ?? 0;
        IsSettled = entry.Status is StalenessStatus.Fresh or StalenessStatus.Closed or StalenessStatus.Retired;
        HasUnconfirmed = entry.HasUnconfirmed;
    }

    /// <summary>The provider.</summary>
    public ProviderEntry Entry { get; }

    /// <summary><see cref="ProviderEntry.JsonStart"/>.</summary>
    public byte[] JsonStart { get; }

    /// <summary>When a publication is due or the status may change, in ticks of UTC; the greatest number for never.</summary>
    public long UntilTicks { get; }

    /// <summary>When the answers about the provider last changed, in ticks of UTC; 0 when there is no sheet.</summary>
    public long ModifiedTicks { get; }

    /// <summary>False while a publication is missing, which may come at any moment.</summary>
    public bool IsSettled { get; }

    /// <summary>True when no second source has confirmed some of its figures.</summary>
    public bool HasUnconfirmed { get; }

    /// <summary>True when it has rates.</summary>
    public bool HasRates => _sheet is not null;

    /// <summary>Its figures in a base, encoded now where nobody asked for them before. Only with <see cref="HasRates"/>.</summary>
    public EncodedFigures FiguresIn(int baseOrdinal) => _sheet!.FiguresIn(baseOrdinal);

    /// <summary>The pieces of each of these providers, at the same index; where an entry is null, those of no provider.</summary>
    public static ProviderPieces[] Of(ReadOnlySpan<ProviderEntry> entries)
    {
        var pieces = new ProviderPieces[entries.Length];
        for (var index = 0; index < pieces.Length; index++)
        {
            // The entries of a past day are those of its providers alone.
            pieces[index] = entries[index] is { } entry ? new(entry) : default;
        }

        return pieces;
    }

    private static long TicksOf(DateTimeOffset? instant) => instant?.UtcTicks ?? long.MaxValue;
}
