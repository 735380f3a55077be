using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Rates.Api;

/// <summary>The figures of one provider in one base as texts, in one array of bytes. Immutable.</summary>
/// <remarks>
/// A query that nobody asked before finds nothing of this in the processor's cache. So the figures of the currencies that are asked for
/// most stand first, with their places. This usual part is copied to where those of all bases stand together (see
/// <see cref="EncodedSheet"/>): few pages of memory hold what nearly every query reads. The names are taken from a table that all share.
/// </remarks>
internal readonly struct EncodedFigures
{
    /// <summary>The bytes that a copied usual part takes.</summary>
    public const int UsualLength = 768;

    private const int BlockLength = 32;

    // The room for members, whether the base is there, whether figures are of older days, the number of usual ranks, and where the usual
    // part ends. Then the place of each usual figure and that of the end of the last one, and the
    // figures. After the usual part the same of the other ranks. A figure ends with a comma where the next one starts; ranks without a rate
    // have no bytes.
    private const int CoversBaseAt = sizeof(ushort);
    private const int HasOlderAt = CoversBaseAt + 1;
    private const int UsualRanksAt = HasOlderAt + 1;
    private const int UsualEndAt = UsualRanksAt + 1;
    private const int PlacesAt = UsualEndAt + sizeof(ushort);

    // The highest bit of a place tells that the figure is a cross.
    private const int DerivedShift = 15;
    private const uint PlaceMask = (1U << DerivedShift) - 1;

    // The length of most usual parts.
    private const int UsualLoad = 576;

    // Those of all ranks; or of the usual ranks only, from an index on, where the sheet has the others.
    private readonly byte[] _bytes;
    private readonly int _start;
    private readonly int _base;
    private readonly EncodedSheet? _sheet;

    private EncodedFigures(byte[] bytes) => _bytes = bytes;

    private EncodedFigures(byte[] parts, int start, EncodedSheet sheet, int baseOrdinal) =>
        (_bytes, _start, _sheet, _base) = (parts, start, sheet, baseOrdinal);

    /// <summary>Whether the sheet has the base.</summary>
    public bool CoversBase => _bytes[_start + CoversBaseAt] != 0;

    /// <summary>Whether some figures are of an older day than the sheet.</summary>
    public bool HasOlder => _bytes[_start + HasOlderAt] != 0;

    /// <summary>The length of a buffer that takes any selection of members.</summary>
    public int RoomForMembers => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(_start));

    // The figures of all ranks.
    private byte[] All => _sheet is null ? _bytes : _sheet.In(_base).Figures._bytes;

    /// <summary>Encodes figures.</summary>
    /// <param name="shown">The figures as they are shown, by the ordinals of their currencies; null for none.</param>
    /// <param name="derived">Which of them are crosses.</param>
    /// <param name="coversBase">Whether the sheet has the base.</param>
    /// <param name="hasOlder">Whether some figures are of an older day than the sheet.</param>
    public static EncodedFigures Make(decimal?[] shown, in CurrencySet derived, bool coversBase, bool hasOlder)
    {
        // The texts of all ranks, and where that of each rank ends.
        var texts = new ArrayBufferWriter<byte>(1024);
        var ends = new int[CurrencyTable.Count];
        var count = 0;
        for (var rank = 0; rank < ends.Length; rank++)
        {
            if (shown[CurrencyTable.AtRank(rank)] is { } figure)
            {
                var span = texts.GetSpan(RateRounding.MaxLength + 1);
                figure.TryFormat(span, out var written);
                span[written] = (byte)',';
                texts.Advance(written + 1);
                count++;
            }

            ends[rank] = texts.WrittenCount;
        }

        var usualRanks = 0;
        while (usualRanks < CurrencyTable.UsualCount && EndOf(usualRanks + 1, ends[usualRanks]) <= UsualLength - BlockLength)
        {
            usualRanks++;
        }

        // And room for the last figure to be copied in one step.
        var usualEnd = EndOf(usualRanks, usualRanks == 0 ? 0 : ends[usualRanks - 1]);
        var bytes = new byte[EndOf(ends.Length + 1, texts.WrittenCount) + BlockLength];
        BinaryPrimitives.WriteUInt16LittleEndian(
            bytes, checked((ushort)(texts.WrittenCount + (count * CurrencyTable.JsonNameLength) + BlockLength)));
        bytes[CoversBaseAt] = coversBase ? (byte)1 : (byte)0;
        bytes[HasOlderAt] = hasOlder ? (byte)1 : (byte)0;
        bytes[UsualRanksAt] = (byte)usualRanks;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(UsualEndAt), (ushort)usualEnd);
        Write(bytes, PlacesAt, texts.WrittenSpan, ends, derived, 0, usualRanks);
        Write(bytes, usualEnd, texts.WrittenSpan, ends, derived, usualRanks, ends.Length);
        return new(bytes);
    }

    /// <summary>The figures in a base whose usual part was copied.</summary>
    /// <param name="parts">The usual parts of several bases.</param>
    /// <param name="start">Where that of the base begins.</param>
    /// <param name="sheet">The sheet that has the other figures.</param>
    /// <param name="baseOrdinal">The base.</param>
    public static EncodedFigures Of(byte[] parts, int start, EncodedSheet sheet, int baseOrdinal) => new(parts, start, sheet, baseOrdinal);

    /// <summary>Copies the usual part.</summary>
    /// <param name="to">At least <see cref="UsualLength"/> bytes.</param>
    public void CopyUsual(Span<byte> to) => _bytes.AsSpan(0, Math.Min(UsualLength, _bytes.Length)).CopyTo(to);

    /// <summary>
    /// Brings what <see cref="CopyMembers"/> reads for a usual query into the processor's cache. Called for several providers before their
    /// members are copied, it lets them all be waited for at the same time.
    /// </summary>
    public void Load() => ProcessorCache.Load(_bytes, _start, _start + UsualLoad);

    /// <summary>The figure of one quote; empty when the sheet does not have it. That of the base is always 1.</summary>
    public ReadOnlySpan<byte> FigureOf(int ordinal)
    {
        var all = All;
        ref var bytes = ref MemoryMarshal.GetArrayDataReference(all);
        var (start, length, _) = Find(ref bytes, CurrencyTable.RankOf(ordinal));
        return length == 0 ? default : all.AsSpan((int)start, (int)length - 1);
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

        ref var usual = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bytes), _start);
        ref var all = ref Unsafe.NullRef<byte>();
        int usualRanks = Unsafe.Add(ref usual, UsualRanksAt);
        ref var target = ref MemoryMarshal.GetReference(to);
        ref var cross = ref MemoryMarshal.GetReference(derived);
        nuint written = 0;
        uint crosses = 0;
        var count = 0;
        foreach (var ordinal in quotes)
        {
            var rank = CurrencyTable.RankOf(ordinal);
            ref var bytes = ref usual;
            if (rank >= usualRanks)
            {
                if (Unsafe.IsNullRef(ref all))
                {
                    all = ref MemoryMarshal.GetArrayDataReference(All);
                }

                bytes = ref all;
            }

            var (start, length, isDerived) = Find(ref bytes, rank);
            if (length == 0)
            {
                continue;
            }

            CurrencyTable.CopyJsonName(ordinal, ref Unsafe.Add(ref target, written));
            written += CurrencyTable.JsonNameLength;
            if (length <= BlockLength)
            {
                Vector256.LoadUnsafe(ref bytes, start).StoreUnsafe(ref target, written);
            }
            else
            {
                MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref bytes, start), (int)length).CopyTo(to[(int)written..]);
            }

            written += length;
            Unsafe.Add(ref cross, crosses) = ordinal;
            crosses += isDerived;
            count++;
        }

        return new((int)written, count, (int)crosses);
    }

    // The end of a part that begins at the first place and has so many ranks with so many bytes of texts.
    private static int EndOf(int ranks, int texts) => PlacesAt + (sizeof(ushort) * (ranks + 1)) + texts;

    // Writes the places of some ranks, and after them their texts.
    private static void Write(
        byte[] bytes, int at, ReadOnlySpan<byte> texts, int[] ends, in CurrencySet derived, int firstRank, int endRank)
    {
        var start = firstRank == 0 ? 0 : ends[firstRank - 1];
        var place = at + (sizeof(ushort) * (endRank - firstRank + 1)) - start;
        var end = start;
        for (var rank = firstRank; rank < endRank; rank++)
        {
            WritePlace(bytes, at, place + end, derived.Contains(CurrencyTable.AtRank(rank)));
            at += sizeof(ushort);
            end = ends[rank];
        }

        WritePlace(bytes, at, place + end, isDerived: false);
        texts[start..end].CopyTo(bytes.AsSpan(place + start));
    }

    private static void WritePlace(byte[] bytes, int at, int place, bool isDerived)
    {
        if (place > PlaceMask)
        {
            throw new InvalidOperationException($"The figures of a base have {place} bytes, at most {PlaceMask} can be found again");
        }

        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), (ushort)(place | (isDerived ? 1 << DerivedShift : 0)));
    }

    // Reads the place of a figure and that of the next one at once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (uint Start, uint Length, uint IsDerived) Find(ref byte bytes, int rank)
    {
        int usualRanks = Unsafe.Add(ref bytes, UsualRanksAt);
        var at = rank < usualRanks ? PlacesAt + (sizeof(ushort) * rank)
            : Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref bytes, UsualEndAt)) + (sizeof(ushort) * (rank - usualRanks));
        var both = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref bytes, at));
        var start = both & PlaceMask;
        return (start, ((both >> 16) & PlaceMask) - start, (both >> DerivedShift) & 1);
    }
}

/// <summary>What was copied of the members of a provider's rates.</summary>
/// <param name="Length">The number of bytes.</param>
/// <param name="Count">The number of members.</param>
/// <param name="Derived">The number of crosses among them.</param>
internal readonly record struct CopiedMembers(int Length, int Count, int Derived);
