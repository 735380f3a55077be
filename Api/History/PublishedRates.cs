using System.Collections;

namespace Rates.Api;

/// <summary>The rates of one pair as they were published, taken out of <see cref="PackedFigures"/> when they are asked for.</summary>
/// <param name="figures">The figures of the pair, oldest first, each above zero.</param>
/// <param name="from">Index of the first, included.</param>
/// <param name="to">Index of the last, not included.</param>
internal sealed class PublishedRates(IReadOnlyList<PackedFigure> figures, int from, int to) : IReadOnlyList<HistoryRate>
{
    /// <inheritdoc/>
    public int Count => Math.Max(to - from, 0);

    /// <inheritdoc/>
    public HistoryRate this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            var figure = figures[from + index];
            return new(figure.Day, figure.Rate, IsDerived: false, figure.IsUnconfirmed);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<HistoryRate> GetEnumerator()
    {
        for (var index = 0; index < Count; index++)
        {
            yield return this[index];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
