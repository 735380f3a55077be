using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Rates.Core;

namespace Rates.Api;

/// <summary>The rates of one provider in one base, encoded once as texts that answers copy. Immutable.</summary>
/// <remarks>
/// A query that nobody asked before finds nothing of this in the processor's cache. Figures therefore stand in the order of how often their
/// currencies are asked for, so that those of a usual query lie close together, and their names are taken from a table that all share.
/// </remarks>
internal sealed class EncodedRates
{
    private const int BlockLength = 32;
    private const int CacheLine = 64;

    // The figures of the currencies that are asked for most.
    private const int UsualLength = 8 * CacheLine;

    // The figures, each with a comma after it, by the rank of their currencies; and room for the last one to be copied in one step.
    private readonly byte[] _figures;

    // Where the figure of each rank starts; it ends where the next one starts. Ranks without a rate have no bytes.
    private readonly ushort[] _starts;
    private readonly int _baseOrdinal;
    private readonly CurrencySet _covered;
    private readonly CurrencySet _derived;
    private readonly CurrencySet _older;
    private byte[]? _all;

    private EncodedRates(
        byte[] figures, ushort[] starts, int baseOrdinal, in CurrencySet covered, in CurrencySet derived, in CurrencySet older)
    {
        _figures = figures;
        _starts = starts;
        _baseOrdinal = baseOrdinal;
        _covered = covered;
        _derived = derived;
        _older = older;
        CoversBase = covered.Contains(baseOrdinal);
        HasOlder = !older.IsEmpty;
        RoomForMembers = figures.Length + (covered.Count * CurrencyTable.JsonNameLength) + CurrencyTable.JsonNameStride;
    }

    /// <summary>The members of every quote but the base, each with a comma after it: <c>"GBP":0.8654,"USD":1.1634,</c>.</summary>
    public ReadOnlySpan<byte> All => Volatile.Read(ref _all) ?? (_all = MakeAll());

    /// <summary>The length of a buffer that takes any selection of members.</summary>
    public int RoomForMembers { get; }

    /// <summary>Whether the sheet has this base.</summary>
    public bool CoversBase { get; }

    /// <summary>The quotes that have a rate, the base included.</summary>
    public ref readonly CurrencySet Covered => ref _covered;

    /// <summary>The quotes that are crosses.</summary>
    public ref readonly CurrencySet Derived => ref _derived;

    /// <summary>The quotes whose rate is of an older day than the sheet.</summary>
    public ref readonly CurrencySet Older => ref _older;

    /// <summary>False when <see cref="Older"/> is empty.</summary>
    public bool HasOlder { get; }

    /// <summary>Which figure all of the rates are; null when they differ in that.</summary>
    public RateKind? Kind { get; private init; }

    /// <summary>
    /// Brings what <see cref="CopyMembers"/> reads for a usual query, and which rates are crosses, into the processor's cache. Called for
    /// several providers before their members are copied, it lets them all be waited for at the same time.
    /// </summary>
    public void Load()
    {
        for (var at = 0; at < Math.Min(_figures.Length, UsualLength); at += CacheLine)
        {
            _ = Volatile.Read(ref _figures[at]);
        }

        _ = Volatile.Read(ref _starts[0]);
        _ = Volatile.Read(ref _starts[CacheLine / sizeof(ushort)]);
        _ = _derived.Contains(_baseOrdinal);
    }

    /// <summary>The figure of one quote; empty when the sheet does not have it. That of the base is always 1.</summary>
    public ReadOnlySpan<byte> FigureOf(int ordinal)
    {
        var rank = CurrencyTable.RankOf(ordinal);
        var (start, end) = (_starts[rank], _starts[rank + 1]);
        return start == end ? default : _figures.AsSpan(start, end - start - 1);
    }

    /// <summary>
    /// Copies the members of those quotes that the sheet has, in the order of the list, each with a comma after it. Returns the number of
    /// bytes.
    /// </summary>
    /// <param name="quotes">The ordinals of the quotes, each once.</param>
    /// <param name="to">At least <see cref="RoomForMembers"/> bytes; those after the copied ones are overwritten.</param>
    /// <param name="count">How many members were copied.</param>
    /// <remarks>
    /// Names and figures are copied as blocks of 8 and 32 bytes, of which the next one overwrites what is too many: a copy of just the
    /// length takes four times as long.
    /// </remarks>
    /// <exception cref="ArgumentException">The buffer is too short.</exception>
    public int CopyMembers(ReadOnlySpan<ushort> quotes, Span<byte> to, out int count)
    {
        if (to.Length < RoomForMembers)
        {
            throw new ArgumentException($"{to.Length} bytes are too few for {RoomForMembers}", nameof(to));
        }

        ref var source = ref MemoryMarshal.GetArrayDataReference(_figures);
        ref var target = ref MemoryMarshal.GetReference(to);
        nuint written = 0;
        count = 0;
        foreach (var ordinal in quotes)
        {
            var rank = CurrencyTable.RankOf(ordinal);
            uint start = _starts[rank];
            var length = _starts[rank + 1] - start;
            if (length == 0)
            {
                continue;
            }

            CurrencyTable.CopyJsonName(ordinal, ref Unsafe.Add(ref target, written));
            written += CurrencyTable.JsonNameLength;
            if (length <= BlockLength)
            {
                Vector256.LoadUnsafe(ref source, start).StoreUnsafe(ref target, written);
            }
            else
            {
                _figures.AsSpan((int)start, (int)length).CopyTo(to[(int)written..]);
            }

            written += length;
            count++;
        }

        return (int)written;
    }

    /// <summary>Encodes the rates that <paramref name="crosses"/> has in a base.</summary>
    public static EncodedRates Make(CrossRates crosses, int baseOrdinal)
    {
        var pivot = CurrencyTable.At(baseOrdinal);
        var offered = CurrencySet.Of(crosses.Currencies);
        CurrencySet covered = default, derived = default, older = default;
        RateKind? kind = null;
        var isMixed = false;
        var figures = new ArrayBufferWriter<byte>(1024);
        var starts = new ushort[CurrencyTable.Count + 1];
        for (var rank = 0; rank < CurrencyTable.Count; rank++)
        {
            starts[rank] = checked((ushort)figures.WrittenCount);
            var ordinal = CurrencyTable.AtRank(rank);
            if (!offered.Contains(baseOrdinal) || !offered.Contains(ordinal)
                || crosses.Find(new(pivot, CurrencyTable.At(ordinal))) is not { } cross)
            {
                continue;
            }

            covered.Add(ordinal);
            if (ordinal == baseOrdinal)
            {
                Write(figures, decimal.One);
                continue;
            }

            isMixed |= (kind ??= cross.Kind) != cross.Kind;
            Write(figures, RateRounding.Shown(cross.Rate, cross.IsDerived));
            if (cross.IsDerived)
            {
                derived.Add(ordinal);
            }

            if (cross.AsOf != crosses.AsOf)
            {
                older.Add(ordinal);
            }
        }

        starts[^1] = checked((ushort)figures.WrittenCount);
        byte[] padded = [.. figures.WrittenSpan, .. new byte[BlockLength]];
        return new(padded, starts, baseOrdinal, covered, derived, older) { Kind = isMixed ? null : kind };
    }

    private byte[] MakeAll()
    {
        var quotes = _covered;
        quotes.Remove(_baseOrdinal);
        var ordinals = new ushort[quotes.Count];
        quotes.CopyTo(ordinals);
        var members = new byte[RoomForMembers];
        return members[..CopyMembers(ordinals, members, out _)];
    }

    private static void Write(ArrayBufferWriter<byte> figures, decimal figure)
    {
        var span = figures.GetSpan(RateRounding.MaxLength + 1);
        figure.TryFormat(span, out var written);
        span[written] = (byte)',';
        figures.Advance(written + 1);
    }
}
