using Rates.Core;

namespace Rates.Store;

/// <summary>Reads the stored figures of past days.</summary>
/// <exception cref="StoreUnavailableException">Every member throws it when the store did not answer within its deadline.</exception>
public interface IHistoryReader
{
    /// <summary>
    /// Stored observations of the days <paramref name="first"/> to <paramref name="last"/>, both included, oldest day first; of a
    /// day published more than once, the last revision. Empty when nothing is stored of these days.
    /// </summary>
    /// <exception cref="CorruptSheetException">What is stored of one of the days cannot be read.</exception>
    Task<IReadOnlyList<Observation>> ReadHistoryAsync(string provider, DateOnly first, DateOnly last, CancellationToken cancellationToken);
}
