using Rates.Core;

namespace Rates.Api;

/// <summary>
/// The rates of one provider in one base, encoded once as texts that answers copy, and which of them are crosses or of older days.
/// Immutable.
/// </summary>
internal sealed class EncodedRates
{
    private readonly int _baseOrdinal;
    private readonly CurrencySet _covered;
    private readonly CurrencySet _derived;
    private readonly CurrencySet _older;
    private byte[]? _all;

    private EncodedRates(
        EncodedFigures figures, int baseOrdinal, in CurrencySet covered, in CurrencySet derived, in CurrencySet older)
    {
        Figures = figures;
        _baseOrdinal = baseOrdinal;
        _covered = covered;
        _derived = derived;
        _older = older;
    }

    /// <summary>The figures.</summary>
    public EncodedFigures Figures { get; }

    /// <summary>The members of every quote but the base, each with a comma after it: <c>"GBP":0.8654,"USD":1.1634,</c>.</summary>
    public ReadOnlySpan<byte> All => Volatile.Read(ref _all) ?? (_all = MakeAll());

    /// <summary>The quotes that have a rate, the base included.</summary>
    public ref readonly CurrencySet Covered => ref _covered;

    /// <summary>The quotes that are crosses.</summary>
    public ref readonly CurrencySet Derived => ref _derived;

    /// <summary>The quotes whose rate is of an older day than the sheet.</summary>
    public ref readonly CurrencySet Older => ref _older;

    /// <summary>Which figure all of the rates are; null when they differ in that.</summary>
    public RateKind? Kind { get; private init; }

    /// <summary>Encodes the rates that <paramref name="crosses"/> has in a base.</summary>
    public static EncodedRates Make(CrossRates crosses, int baseOrdinal)
    {
        var pivot = CurrencyTable.At(baseOrdinal);
        var offered = CurrencySet.Of(crosses.Currencies);
        CurrencySet covered = default, derived = default, older = default;
        RateKind? kind = null;
        var isMixed = false;
        var shown = new decimal?[CurrencyTable.Count];
        foreach (var ordinal in offered.Contains(baseOrdinal) ? offered : default)
        {
            if (crosses.Find(new(pivot, CurrencyTable.At(ordinal))) is not { } cross)
            {
                continue;
            }

            covered.Add(ordinal);
            if (ordinal == baseOrdinal)
            {
                shown[ordinal] = decimal.One;
                continue;
            }

            isMixed |= (kind ??= cross.Kind) != cross.Kind;
            shown[ordinal] = RateRounding.Shown(cross.Rate, cross.IsDerived);
            if (cross.IsDerived)
            {
                derived.Add(ordinal);
            }

            if (cross.AsOf != crosses.AsOf)
            {
                older.Add(ordinal);
            }
        }

        var figures = EncodedFigures.Make(shown, derived, covered.Contains(baseOrdinal), !older.IsEmpty);
        return new(figures, baseOrdinal, covered, derived, older) { Kind = isMixed ? null : kind };
    }

    private byte[] MakeAll()
    {
        var quotes = _covered;
        quotes.Remove(_baseOrdinal);
        var ordinals = new ushort[quotes.Count];
        quotes.CopyTo(ordinals);
        var members = new byte[Figures.RoomForMembers];
        return members[..Figures.CopyMembers(ordinals, members, new ushort[ordinals.Length + 1]).Length];
    }
}
