using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Rates.Api;

/// <summary>The figures of one provider in one base as texts, in one array of bytes. Immutable.</summary>
/// <remarks>
/// A query that nobody asked before finds nothing of this in the processor's cache. So all that an answer copies stands in one array: which
/// figures there are, which of them are crosses, and their digits, in the order of how often their currencies are asked for. The names are
/// taken from a table that all share.
/// </remarks>
internal readonly struct EncodedFigures
{
    private const int BlockLength = 32;

    // The room for members, whether the base is there, and whether figures are of older days; then the place of each rank's figure from the
    // end of the places on. The figure ends with a comma where the next one starts; ranks without a rate have no bytes.
    private const int CoversBaseAt = sizeof(ushort);
    private const int HasOlderAt = CoversBaseAt + 1;
    private const int PlacesAt = HasOlderAt + 1;

    // The highest bit of a place tells that the figure is a cross.
    private const int DerivedShift = 15;
    private const uint PlaceMask = (1U << DerivedShift) - 1;

    private static readonly int FiguresAt = PlacesAt + (sizeof(ushort) * (CurrencyTable.Count + 1));

    // The places and the figures of the currencies that are asked for most.
    private const int UsualPlacesEnd = 128;
    private static readonly int UsualFiguresEnd = FiguresAt + 384;

    private readonly byte[] _bytes;

    private EncodedFigures(byte[] bytes) => _bytes = bytes;

    /// <summary>True for a value that holds nothing.</summary>
    public bool IsNone => _bytes is null;

    /// <summary>Whether the sheet has the base.</summary>
    public bool CoversBase => _bytes[CoversBaseAt] != 0;

    /// <summary>Whether some figures are of an older day than the sheet.</summary>
    public bool HasOlder => _bytes[HasOlderAt] != 0;

    /// <summary>The length of a buffer that takes any selection of members.</summary>
    public int RoomForMembers => BinaryPrimitives.ReadUInt16LittleEndian(_bytes);

    /// <summary>Encodes figures.</summary>
    /// <param name="shown">The figures as they are shown, by the ordinals of their currencies; null for none.</param>
    /// <param name="derived">Which of them are crosses.</param>
    /// <param name="coversBase">Whether the sheet has the base.</param>
    /// <param name="hasOlder">Whether some figures are of an older day than the sheet.</param>
    public static EncodedFigures Make(decimal?[] shown, in CurrencySet derived, bool coversBase, bool hasOlder)
    {
        var figures = new ArrayBufferWriter<byte>(1024);
        var places = new ushort[CurrencyTable.Count + 1];
        var count = 0;
        for (var rank = 0; rank < CurrencyTable.Count; rank++)
        {
            var ordinal = CurrencyTable.AtRank(rank);
            places[rank] = PlaceOf(figures.WrittenCount, derived.Contains(ordinal));
            if (shown[ordinal] is { } figure)
            {
                var span = figures.GetSpan(RateRounding.MaxLength + 1);
                figure.TryFormat(span, out var written);
                span[written] = (byte)',';
                figures.Advance(written + 1);
                count++;
            }
        }

        places[^1] = PlaceOf(figures.WrittenCount, isDerived: false);

        // And room for the last figure to be copied in one step.
        var bytes = new byte[FiguresAt + figures.WrittenCount + BlockLength];
        var room = figures.WrittenCount + (count * CurrencyTable.JsonNameLength) + BlockLength;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, checked((ushort)room));
        bytes[CoversBaseAt] = coversBase ? (byte)1 : (byte)0;
        bytes[HasOlderAt] = hasOlder ? (byte)1 : (byte)0;
        MemoryMarshal.AsBytes(places).CopyTo(bytes.AsSpan(PlacesAt));
        figures.WrittenSpan.CopyTo(bytes.AsSpan(FiguresAt));
        return new(bytes);
    }

    /// <summary>
    /// Brings what <see cref="CopyMembers"/> reads for a usual query into the processor's cache. Called for several providers before their
    /// members are copied, it lets them all be waited for at the same time.
    /// </summary>
    public void Load()
    {
        ProcessorCache.Load(_bytes, 0, UsualPlacesEnd);
        ProcessorCache.Load(_bytes, FiguresAt, UsualFiguresEnd);
    }

    /// <summary>The figure of one quote; empty when the sheet does not have it. That of the base is always 1.</summary>
    public ReadOnlySpan<byte> FigureOf(int ordinal)
    {
        var (start, length, _) = Find(ref MemoryMarshal.GetArrayDataReference(_bytes), ordinal);
        return length == 0 ? default : _bytes.AsSpan(FiguresAt + (int)start, (int)length - 1);
    }

    /// <summary>
    /// Copies the members of those quotes that the sheet has, in the order of the list, each with a comma after it.
    /// </summary>
    /// <param name="quotes">The ordinals of the quotes, each once.</param>
    /// <param name="to">At least <see cref="RoomForMembers"/> bytes; those after the copied ones are overwritten.</param>
    /// <param name="derived">Takes the ordinals of the crosses among them: as many as there are quotes, and one more.</param>
    /// <remarks>
    /// Names and figures are copied as blocks of 8 and 32 bytes, of which the next one overwrites what is too many: a copy of just the
    /// length takes four times as long.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">A buffer is too short.</exception>
    public CopiedMembers CopyMembers(ReadOnlySpan<ushort> quotes, Span<byte> to, Span<ushort> derived)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to.Length, RoomForMembers, nameof(to));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(derived.Length, quotes.Length, nameof(derived));

        ref var bytes = ref MemoryMarshal.GetArrayDataReference(_bytes);
        ref var figures = ref Unsafe.Add(ref bytes, FiguresAt);
        ref var target = ref MemoryMarshal.GetReference(to);
        ref var cross = ref MemoryMarshal.GetReference(derived);
        nuint written = 0;
        uint crosses = 0;
        var count = 0;
        foreach (var ordinal in quotes)
        {
            var (start, length, isDerived) = Find(ref bytes, ordinal);
            if (length == 0)
            {
                continue;
            }

            CurrencyTable.CopyJsonName(ordinal, ref Unsafe.Add(ref target, written));
            written += CurrencyTable.JsonNameLength;
            if (length <= BlockLength)
            {
                Vector256.LoadUnsafe(ref figures, start).StoreUnsafe(ref target, written);
            }
            else
            {
                _bytes.AsSpan(FiguresAt + (int)start, (int)length).CopyTo(to[(int)written..]);
            }

            written += length;
            Unsafe.Add(ref cross, crosses) = ordinal;
            crosses += isDerived;
            count++;
        }

        return new((int)written, count, (int)crosses);
    }

    private static ushort PlaceOf(int start, bool isDerived) =>
        start <= PlaceMask ? (ushort)(start | (isDerived ? 1 << DerivedShift : 0))
            : throw new InvalidOperationException($"The figures of a base have {start} bytes, at most {PlaceMask} can be found again");

    // Reads the place of a figure and that of the next one at once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (uint Start, uint Length, uint IsDerived) Find(ref byte bytes, int ordinal)
    {
        var both = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref bytes, PlacesAt + (sizeof(ushort) * CurrencyTable.RankOf(ordinal))));
        var start = both & PlaceMask;
        return (start, ((both >> 16) & PlaceMask) - start, (both >> DerivedShift) & 1);
    }
}

/// <summary>What was copied of the members of a provider's rates.</summary>
/// <param name="Length">The number of bytes.</param>
/// <param name="Count">The number of members.</param>
/// <param name="Derived">The number of crosses among them.</param>
internal readonly record struct CopiedMembers(int Length, int Count, int Derived);
