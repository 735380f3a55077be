using Rates.Core;

namespace Rates.Store;

/// <summary>Reads the stored rates of past days.</summary>
/// <exception cref="StoreUnavailableException">Every member throws it when the store did not answer within its deadline.</exception>
public interface IHistoryReader
{
    /// <summary>
    /// The stored days from <paramref name="first"/> to <paramref name="last"/>, both included, oldest first; of a day published more
    /// than once, the last revision. Empty when nothing is stored of these days.
    /// </summary>
    /// <exception cref="CorruptSheetException">What is stored of one of the days cannot be read.</exception>
    Task<IReadOnlyList<StoredDay>> ReadDaysAsync(string provider, DateOnly first, DateOnly last, CancellationToken cancellationToken);

    /// <summary>
    /// A number that rises with every change of the provider's stored days; 0 before the first. Days that were read after it are at least
    /// as new.
    /// </summary>
    Task<long> ReadHistoryRevisionAsync(string provider, CancellationToken cancellationToken);
}

/// <summary>Adds to <see cref="IHistoryReader"/> a way to read rates of past days without the times at which they were fetched.</summary>
public static class HistoryReaderExtensions
{
    /// <summary>The figures of <see cref="IHistoryReader.ReadDaysAsync"/>, oldest day first.</summary>
    /// <exception cref="CorruptSheetException">What is stored of one of the days cannot be read.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer within its deadline.</exception>
    public static async Task<IReadOnlyList<Observation>> ReadHistoryAsync(
        this IHistoryReader reader, string provider, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return [.. (await reader.ReadDaysAsync(provider, first, last, cancellationToken)).SelectMany(day => day.Figures)];
    }
}
