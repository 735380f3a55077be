using System.Collections;

namespace Rates.Api;

/// <summary>The rates of one pair, oldest first.</summary>
/// <remarks>
/// They are kept in pieces of at most 32 KB: arrays of more than 85,000 bytes are only freed together with the oldest objects, so that a
/// few long histories would double the memory of the process.
/// </remarks>
internal sealed class RateSeries : IReadOnlyList<HistoryRate>
{
    private const int PieceLength = 1_000;

    private readonly List<List<HistoryRate>> _pieces = [];

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public HistoryRate this[int index] => _pieces[index / PieceLength][index % PieceLength];

    /// <summary>Adds later rates.</summary>
    /// <param name="rates">The rates.</param>
    /// <param name="most">How many there are at most.</param>
    public void Add(IEnumerable<HistoryRate> rates, int most)
    {
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
        if (Count % PieceLength == 0)
        {
            _pieces.Add(new(Math.Min(most, PieceLength)));
        }

        _pieces[^1].Add(rate);
        Count++;
    }

    /// <inheritdoc/>
    public IEnumerator<HistoryRate> GetEnumerator() => _pieces.SelectMany(piece => piece).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
