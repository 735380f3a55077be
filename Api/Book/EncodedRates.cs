using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Rates.Core;

namespace Rates.Api;

/// <summary>
/// The rates of one provider in one base, encoded once as JSON members that answers copy: <c>"GBP":0.8654,"USD":1.1634,</c>. Immutable.
/// </summary>
internal sealed class EncodedRates
{
    // The quoted code, the colon and the comma around a figure.
    private const int Overhead = 7;
    private const int BlockLength = 32;
    private const uint StartBits = ushort.MaxValue;
    private const int LengthShift = 16;

    // The members of every quote but the base, the member of the base, and room for the last member to be copied in one step.
    private readonly byte[] _text;
    private readonly int _allLength;

    // Where the member of each covered quote starts in the text, and in the upper half its length; in the order of the quotes.
    private readonly uint[] _members;
    private readonly CurrencySet _covered;
    private readonly CurrencySet _derived;
    private readonly CurrencySet _older;

    private EncodedRates(
        byte[] text, int allLength, uint[] members, int baseOrdinal, in CurrencySet covered, in CurrencySet derived, in CurrencySet older)
    {
        _text = text;
        _allLength = allLength;
        _members = members;
        _covered = covered;
        _derived = derived;
        _older = older;
        CoversBase = covered.Contains(baseOrdinal);
    }

    /// <summary>The members of every quote but the base, each with a comma after it.</summary>
    public ReadOnlySpan<byte> All => _text.AsSpan(0, _allLength);

    /// <summary>The length of a buffer that takes any selection of members.</summary>
    public int RoomForMembers => _text.Length;

    /// <summary>Whether the sheet has this base.</summary>
    public bool CoversBase { get; }

    /// <summary>The quotes that have a rate, the base included.</summary>
    public ref readonly CurrencySet Covered => ref _covered;

    /// <summary>The quotes that are crosses.</summary>
    public ref readonly CurrencySet Derived => ref _derived;

    /// <summary>The quotes whose rate is of an older day than the sheet.</summary>
    public ref readonly CurrencySet Older => ref _older;

    /// <summary>Which figure all of the rates are; null when they differ in that.</summary>
    public RateKind? Kind { get; private init; }

    /// <summary>
    /// The member of one quote with its comma; empty when the sheet does not have it. That of the base is always 1: <c>"EUR":1,</c>.
    /// </summary>
    public ReadOnlySpan<byte> Of(int ordinal)
    {
        if (!_covered.Contains(ordinal))
        {
            return default;
        }

        var member = _members[_covered.CountBelow(ordinal)];
        return _text.AsSpan((int)(member & StartBits), (int)(member >> LengthShift));
    }

    /// <summary>Copies the members of those quotes that the sheet has, in the order of the set. Returns the number of bytes.</summary>
    /// <param name="quotes">The quotes.</param>
    /// <param name="to">At least <see cref="RoomForMembers"/> bytes; those after the copied ones are overwritten.</param>
    /// <remarks>
    /// Each member is copied as one block of 32 bytes, of which the next one overwrites what is too many: a copy of just its length
    /// takes four times as long.
    /// </remarks>
    /// <exception cref="ArgumentException">The buffer is too short.</exception>
    public int CopyMembers(in CurrencySet quotes, Span<byte> to)
    {
        if (to.Length < RoomForMembers)
        {
            throw new ArgumentException($"{to.Length} bytes are too few for {RoomForMembers}", nameof(to));
        }

        ref var source = ref MemoryMarshal.GetArrayDataReference(_text);
        ref var target = ref MemoryMarshal.GetReference(to);
        nuint written = 0;
        foreach (var place in _covered.PlacesOf(quotes))
        {
            var member = _members[place];
            var (start, length) = (member & StartBits, member >> LengthShift);
            if (length <= BlockLength)
            {
                Vector256.LoadUnsafe(ref source, start).StoreUnsafe(ref target, written);
            }
            else
            {
                _text.AsSpan((int)start, (int)length).CopyTo(to[(int)written..]);
            }

            written += length;
        }

        return (int)written;
    }

    /// <summary>The figure inside a member that <see cref="Of"/> gave.</summary>
    public static ReadOnlySpan<byte> FigureIn(ReadOnlySpan<byte> member) => member[(Overhead - 1)..^1];

    /// <summary>Encodes the rates that <paramref name="crosses"/> has in a base.</summary>
    public static EncodedRates Make(CrossRates crosses, int baseOrdinal)
    {
        var pivot = CurrencyTable.At(baseOrdinal);
        var text = new ArrayBufferWriter<byte>(4096);
        List<uint> members = [];
        var offered = CurrencySet.Of(crosses.Currencies);
        CurrencySet covered = default, derived = default, older = default;
        RateKind? kind = null;
        var isMixed = false;
        var ofBase = 0;
        for (var ordinal = 0; ordinal < CurrencyTable.Count; ordinal++)
        {
            if (!offered.Contains(
                baseOrdinal) || !offered.Contains(ordinal) || crosses.Find(new(pivot, CurrencyTable.At(ordinal))) is not { } cross)
            {
                continue;
            }

            covered.Add(ordinal);
            if (ordinal == baseOrdinal)
            {
                ofBase = members.Count;
                members.Add(0);
                continue;
            }

            isMixed |= (kind ??= cross.Kind) != cross.Kind;
            members.Add(Write(text, ordinal, RateRounding.Shown(cross.Rate, cross.IsDerived)));
            if (cross.IsDerived)
            {
                derived.Add(ordinal);
            }

            if (cross.AsOf != crosses.AsOf)
            {
                older.Add(ordinal);
            }
        }

        var allLength = text.WrittenCount;
        if (covered.Contains(baseOrdinal))
        {
            members[ofBase] = Write(text, baseOrdinal, decimal.One);
        }

        byte[] padded = [.. text.WrittenSpan, .. new byte[BlockLength]];
        return new(padded, allLength, [.. members], baseOrdinal, covered, derived, older) { Kind = isMixed ? null : kind };
    }

    // Returns where the member starts and its length.
    private static uint Write(ArrayBufferWriter<byte> text, int ordinal, decimal figure)
    {
        var start = (uint)checked((ushort)text.WrittenCount);
        var span = text.GetSpan(Overhead + RateRounding.MaxLength);
        CurrencyTable.JsonOf(ordinal).CopyTo(span);
        span[5] = (byte)':';
        figure.TryFormat(span[6..], out var written);
        span[6 + written] = (byte)',';
        text.Advance(Overhead + written);
        return start | ((uint)(Overhead + written) << LengthShift);
    }
}
