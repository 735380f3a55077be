using Rates.Core;

namespace Rates.Api;

/// <summary>
/// The latest rates of one provider, ready for answers: every rate that can be computed from them, and for each base its rates as JSON,
/// encoded on first use.
/// </summary>
/// <remarks>Safe for any number of threads. Two that encode the same base at the same time write the same bytes; the later result
/// stays.</remarks>
internal sealed class EncodedSheet(CrossRates crosses)
{
    private readonly EncodedRates?[] _byBase = new EncodedRates?[CurrencyTable.Count];

    // Those of the encoded rates, by rank: found here, they need not be waited for one after the other.
    private readonly EncodedFigures[] _figures = new EncodedFigures[CurrencyTable.Count];

    /// <summary>The rate of any pair, unrounded.</summary>
    public CrossRates Crosses { get; } = crosses;

    /// <summary>The encoded rates in a base, given by its ordinal.</summary>
    public EncodedRates In(int baseOrdinal) => Volatile.Read(ref _byBase[baseOrdinal]) ?? Encode(baseOrdinal);

    /// <summary>The figures of <see cref="In"/>.</summary>
    public EncodedFigures FiguresIn(int baseOrdinal) =>
        _figures[CurrencyTable.RankOf(baseOrdinal)] is { IsNone: false } figures ? figures : Encode(baseOrdinal).Figures;

    /// <summary>The figures of the bases that were asked for until now, by rank; the others hold nothing yet.</summary>
    public EncodedFigures[] FiguresByRank => _figures;

    /// <summary>
    /// Encodes now the bases that readers of <paramref name="previous"/> had requested, so that no request waits for it; without
    /// a previous sheet only the euro, which a query without a base asks for.
    /// </summary>
    public void Warm(EncodedSheet? previous)
    {
        In(Euro);
        for (var ordinal = 0; previous is not null && ordinal < _byBase.Length; ordinal++)
        {
            if (previous._byBase[ordinal] is not null)
            {
                In(ordinal);
            }
        }
    }

    private EncodedRates Encode(int baseOrdinal)
    {
        var rates = EncodedRates.Make(Crosses, baseOrdinal);
        _figures[CurrencyTable.RankOf(baseOrdinal)] = rates.Figures;
        Volatile.Write(ref _byBase[baseOrdinal], rates);
        return rates;
    }

    private static int Euro { get; } = CurrencyTable.OrdinalOf(Currency.Eur);
}
