using System.Buffers;
using Rates.Core;

namespace Rates.Api;

/// <summary>
/// The rates of one provider in one base, encoded once as JSON members that answers copy: <c>"GBP":0.8654,"USD":1.1634,</c>. Immutable.
/// </summary>
internal sealed class EncodedRates
{
    // The quoted code, the colon and the comma around a figure.
    private const int Overhead = 7;

    private readonly byte[] _text;
    private readonly ushort[] _starts;
    private readonly CurrencySet _derived;
    private readonly CurrencySet _older;
    private readonly CurrencySet _covered;
    private readonly byte[] _baseItself;

    private EncodedRates(
        byte[] text, ushort[] starts, int baseOrdinal, in CurrencySet covered, in CurrencySet derived, in CurrencySet older)
    {
        _text = text;
        _starts = starts;
        _covered = covered;
        _derived = derived;
        _older = older;
        CoversBase = covered.Contains(baseOrdinal);
        _baseItself = [.. CurrencyTable.JsonOf(baseOrdinal), (byte)':', (byte)'1', (byte)','];
    }

    /// <summary>The members of every quote but the base, each with a comma after it.</summary>
    public ReadOnlySpan<byte> All => _text;

    /// <summary>Whether the sheet has this base.</summary>
    public bool CoversBase { get; }

    /// <summary>The member of the base, which is always 1: <c>"EUR":1,</c>.</summary>
    public ReadOnlySpan<byte> BaseItself => _baseItself;

    /// <summary>The quotes that have a rate, the base included.</summary>
    public ref readonly CurrencySet Covered => ref _covered;

    /// <summary>The quotes that are crosses.</summary>
    public ref readonly CurrencySet Derived => ref _derived;

    /// <summary>The quotes whose rate is of an older day than the sheet.</summary>
    public ref readonly CurrencySet Older => ref _older;

    /// <summary>Which figure all of the rates are; null when they differ in that.</summary>
    public RateKind? Kind { get; private init; }

    /// <summary>The member of one quote with its comma; empty when the sheet does not have it.</summary>
    public ReadOnlySpan<byte> Of(int ordinal) => _text.AsSpan(_starts[ordinal].._starts[ordinal + 1]);

    /// <summary>The figure inside a member that <see cref="Of"/> gave.</summary>
    public static ReadOnlySpan<byte> FigureIn(ReadOnlySpan<byte> member) => member[(Overhead - 1)..^1];

    /// <summary>Encodes the rates that <paramref name="crosses"/> has in a base.</summary>
    public static EncodedRates Make(CrossRates crosses, int baseOrdinal)
    {
        var pivot = CurrencyTable.At(baseOrdinal);
        var text = new ArrayBufferWriter<byte>(4096);
        var starts = new ushort[CurrencyTable.Count + 1];
        var offered = CurrencySet.Of(crosses.Currencies);
        CurrencySet covered = default, derived = default, older = default;
        RateKind? kind = null;
        var isMixed = false;
        for (var ordinal = 0; ordinal < CurrencyTable.Count; ordinal++)
        {
            starts[ordinal] = checked((ushort)text.WrittenCount);
            if (!offered.Contains(
                baseOrdinal) || !offered.Contains(ordinal) || crosses.Find(new(pivot, CurrencyTable.At(ordinal))) is not { } cross)
            {
                continue;
            }

            covered.Add(ordinal);
            if (ordinal == baseOrdinal)
            {
                continue;
            }

            isMixed |= (kind ??= cross.Kind) != cross.Kind;
            Write(text, ordinal, RateRounding.Shown(cross.Rate, cross.IsDerived));
            if (cross.IsDerived)
            {
                derived.Add(ordinal);
            }

            if (cross.AsOf != crosses.AsOf)
            {
                older.Add(ordinal);
            }
        }

        starts[^1] = checked((ushort)text.WrittenCount);
        return new(text.WrittenSpan.ToArray(), starts, baseOrdinal, covered, derived, older) { Kind = isMixed ? null : kind };
    }

    private static void Write(ArrayBufferWriter<byte> text, int ordinal, decimal figure)
    {
        var span = text.GetSpan(Overhead + RateRounding.MaxLength);
        CurrencyTable.JsonOf(ordinal).CopyTo(span);
        span[5] = (byte)':';
        figure.TryFormat(span[6..], out var written);
        span[6 + written] = (byte)',';
        text.Advance(Overhead + written);
    }
}
