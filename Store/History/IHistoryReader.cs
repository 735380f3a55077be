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
    /// Hands over the figures of the days that <see cref="ReadDaysAsync"/> gives, oldest day first, so that not all of them are in memory
    /// at the same time.
    /// </summary>
    /// <param name="provider">The provider's key.</param>
    /// <param name="first">First day, included.</param>
    /// <param name="last">Last day, included.</param>
    /// <param name="take">Receives each day with its figures.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CorruptSheetException">What is stored of one of the days cannot be read; earlier days were handed over.</exception>
    async Task ReadFiguresAsync(
        string provider, DateOnly first, DateOnly last, Action<DateOnly, ReadOnlySpan<Observation>> take,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(take);
        foreach (var day in await ReadDaysAsync(provider, first, last, cancellationToken))
        {
            take(day.Day, [.. day.Figures]);
        }
    }

    /// <summary>
    /// A number that rises with every change of the provider's stored days; 0 before the first. Days that were read after it are at least
    /// as new.
    /// </summary>
    Task<long> ReadHistoryRevisionAsync(string provider, CancellationToken cancellationToken);
}

/// <summary>Adds to <see cref="IHistoryReader"/> a way to read rates of past days without the times at which they were fetched.</summary>
public static class HistoryReaderExtensions
{
    /// <summary>All that <see cref="IHistoryReader.ReadFiguresAsync"/> hands over, oldest day first.</summary>
    /// <exception cref="CorruptSheetException">What is stored of one of the days cannot be read.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer within its deadline.</exception>
    public static async Task<IReadOnlyList<Observation>> ReadHistoryAsync(
        this IHistoryReader reader, string provider, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reader);
        List<Observation> all = [];
        await reader.ReadFiguresAsync(provider, first, last, (_, figures) => all.AddRange(figures), cancellationToken);
        return all;
    }
}
