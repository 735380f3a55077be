using Rates.Core;

namespace Rates.Api;

/// <summary>What one provider says for one day in use: its crosses, and per base the encoded rates, made on first use.</summary>
/// <remarks>Any thread may read. Two that make the same base at once make the same thing; the later one stays.</remarks>
internal sealed class RatePage(CrossRates crosses)
{
    private readonly EncodedRates?[] _byBase = new EncodedRates?[CurrencyTable.Count];

    /// <summary>Answers pair by pair, unrounded.</summary>
    public CrossRates Crosses { get; } = crosses;

    /// <summary>The encoded rates in a base.</summary>
    public EncodedRates In(int baseOrdinal) =>
        Volatile.Read(ref _byBase[baseOrdinal]) ?? (_byBase[baseOrdinal] = EncodedRates.Make(Crosses, baseOrdinal));

    /// <summary>
    /// Makes now what readers of <paramref name="previous"/> had asked for, so that none of them waits for it; without a
    /// previous page, the euro, which is what a query without a base asks for.
    /// </summary>
    public void Warm(RatePage? previous)
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

    private static int Euro { get; } = CurrencyTable.OrdinalOf(Currency.Eur);
}
