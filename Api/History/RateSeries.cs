using System.Collections;

namespace Rates.Api;

/// <summary>The rates of one pair, oldest first.</summary>
/// <remarks>
/// They are kept in pieces of at most 32 KB: arrays of more than 85,000 bytes are only freed together with the oldest objects, so that a
/// few long histories would double the memory of the process. Published rates stay where they are, packed.
/// </remarks>
internal sealed class RateSeries : IReadOnlyList<HistoryRate>
{
    private const int PieceLength = 1_000;

    private readonly List<(int From, IReadOnlyList<HistoryRate> Rates)> _pieces = [];
    private List<HistoryRate>? _open;
    private int _readLast;

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public HistoryRate this[int index]
    {
        get
        {
            // Mostly the piece of the index before.
            var (from, rates) = _pieces[_readLast];
            if (index < from || index >= from + rates.Count)
            {
                _readLast = index == from + rates.Count ? _readLast + 1 : PieceOf(index);
                (from, rates) = _pieces[_readLast];
            }

            return rates[index - from];
        }
    }

    /// <summary>Adds later rates.</summary>
    /// <param name="rates">The rates.</param>
    /// <param name="most">How many there are at most.</param>
    public void Add(IEnumerable<HistoryRate> rates, int most)
    {
        if (rates is PublishedRates { Count: > 0 } published)
        {
            _pieces.Add((Count, published));
            _open = null;
            Count += published.Count;
            return;
        }

        foreach (var rate in rates)
        {
            Add(rate, most);
        }
    }

    /// <summary>Adds one later rate.</summary>
    /// <param name="rate">The rate.</param>
    /// <param name="most">How many more there are at most, this one included.</param>
    public void Add(HistoryRate rate, int most = PieceLength)
    {
        if (_open is not { Count: < PieceLength })
        {
            _pieces.Add((Count, _open = new(Math.Min(most, PieceLength))));
        }

        _open.Add(rate);
        Count++;
    }

    private int PieceOf(int index) => _pieces.FindLastIndex(piece => piece.From <= index);

    /// <inheritdoc/>
    public IEnumerator<HistoryRate> GetEnumerator() => _pieces.SelectMany(piece => piece.Rates).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
