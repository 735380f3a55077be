using Rates.Core;

namespace Rates.Api;

/// <summary>
/// The latest rates of one provider, ready for answers: every rate that can be computed from them, and for each base its rates as JSON,
/// encoded on first use.
/// </summary>
/// <remarks>Safe for any number of threads. Of two that encode the same base at the same time, the result of the first stays.</remarks>
internal sealed class EncodedSheet(CrossRates crosses)
{
    private readonly EncodedRates?[] _byBase = new EncodedRates?[CurrencyTable.Count];

    private readonly Lock _copying = new();

    // The usual parts of the encoded rates, by the rank of the base, up to the last rank that was asked for; and a bit for each that is
    // there. To tell it by the parts themselves would wait for them.
    private byte[] _usualParts = [];
    private ulong _isUsual;

    /// <summary>The rate of any pair, unrounded.</summary>
    public CrossRates Crosses { get; } = crosses;

    /// <summary>The encoded rates in a base, given by its ordinal.</summary>
    public EncodedRates In(int baseOrdinal) => Volatile.Read(ref _byBase[baseOrdinal]) ?? Encode(baseOrdinal);

    /// <summary>The figures of <see cref="In"/>.</summary>
    public EncodedFigures FiguresIn(int baseOrdinal)
    {
        var rank = CurrencyTable.RankOf(baseOrdinal);
        return rank < CurrencyTable.UsualCount && (Volatile.Read(ref _isUsual) >> rank & 1) != 0
            ? EncodedFigures.Of(_usualParts, rank * EncodedFigures.UsualLength, this, baseOrdinal)
            : In(baseOrdinal).Figures;
    }

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
        lock (_copying)
        {
            // One that another thread has encoded stays, as its usual part is read already.
            if (_byBase[baseOrdinal] is { } known)
            {
                return known;
            }

            Volatile.Write(ref _byBase[baseOrdinal], rates);
            CopyUsual(rates.Figures, CurrencyTable.RankOf(baseOrdinal));
        }

        return rates;
    }

    private void CopyUsual(EncodedFigures figures, int rank)
    {
        if (rank >= CurrencyTable.UsualCount)
        {
            return;
        }

        var start = rank * EncodedFigures.UsualLength;
        if (start >= _usualParts.Length)
        {
            var longer = new byte[start + EncodedFigures.UsualLength];
            _usualParts.CopyTo(longer, 0);
            _usualParts = longer;
        }

        figures.CopyUsual(_usualParts.AsSpan(start));

        // Last: who finds the bit finds the part.
        Volatile.Write(ref _isUsual, _isUsual | (1UL << rank));
    }

    private static int Euro { get; } = CurrencyTable.OrdinalOf(Currency.Eur);
}
