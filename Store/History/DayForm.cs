using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using Rates.Core;

namespace Rates.Store;

/// <summary>
/// Writes and reads a day of history as the store holds it: the text of <see cref="DayTextWriter"/>, compressed with Brotli. The text
/// begins with its CRC-32, because a damaged value may decompress without an error. Days of releases up to 0.2 are JSON, and are read as
/// well.
/// </summary>
internal static class DayForm
{
    // Of the text of some 20 figures, quality 4 leaves the least below 10, for a hundredth of the time that 10 takes.
    private const int Quality = 4;

    // 64 KB: a day and its revisions.
    private const int WindowBits = 16;
    private const int CheckLength = 8;
    private const int ShortLength = 1024;
    private const int UsualLength = 16 * 1024;
    private const int MostLength = 4 * 1024 * 1024;

    /// <summary>The stored form of a day.</summary>
    public static byte[] Write(HistoryDay day)
    {
        var text = new ArrayBufferWriter<byte>(ShortLength);
        text.Advance(CheckLength + 1);
        DayTextWriter.Write(day, text);
        var written = text.WrittenMemory.ToArray();
        var check = Crc32.HashToUInt32(written.AsSpan(CheckLength + 1));
        check.TryFormat(written, out _, "x8", CultureInfo.InvariantCulture);
        written[CheckLength] = (byte)' ';

        var most = BrotliEncoder.GetMaxCompressedLength(written.Length);
        var compressed = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            return BrotliEncoder.TryCompress(written, compressed, out var length, Quality, WindowBits)
                ? compressed[..length]
                : throw new InvalidOperationException($"{written.Length} bytes did not compress into {most}");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(compressed);
        }
    }

    /// <summary>Reads a stored day.</summary>
    /// <exception cref="CorruptSheetException">It is damaged, or not the stored form of a day.</exception>
    public static StoredDay Read(string provider, DateOnly day, ReadOnlySpan<byte> stored)
    {
        // Days are read by the thousand.
        LongWork.Yield();
        return !IsJson(stored) && TryReadText(day, stored, null, out var read) ? read! : HistoryDay.Read(provider, day, stored);
    }

    /// <summary>Reads the figures of a stored day into a list, in place of what it has.</summary>
    /// <exception cref="CorruptSheetException">The day is damaged, or not the stored form of a day.</exception>
    public static void Read(string provider, DateOnly day, ReadOnlySpan<byte> stored, List<Observation> into)
    {
        LongWork.Yield();
        into.Clear();
        if (IsJson(stored) || !TryReadText(day, stored, into, out _))
        {
            into.Clear();
            into.AddRange(HistoryDay.Read(provider, day, stored).Figures);
        }
    }

    /// <summary>A stored day to edit; null when it is damaged, or not the stored form of a day.</summary>
    public static HistoryDay? Parse(DateOnly day, ReadOnlySpan<byte> stored) =>
        !IsJson(stored) && TryReadText(day, stored, null, out var read) ? HistoryDay.Of(read!) : HistoryDay.Parse(stored);

    /// <summary>A stored day as an archive holds it, as JSON. JSON is returned as it stands, even when it is damaged.</summary>
    /// <exception cref="CorruptSheetException">It is damaged.</exception>
    public static ArchivedDay Archived(string provider, DateOnly day, ReadOnlySpan<byte> stored)
    {
        LongWork.Yield();
        return new(
            day,
            IsJson(stored) ? Encoding.UTF8.GetString(stored) : (Parse(day, stored) ?? throw Unreadable(provider, day)).ToJson());
    }

    /// <summary>That what is stored of a day cannot be read.</summary>
    public static CorruptSheetException Unreadable(string provider, DateOnly day) =>
        new(provider, $"the history of {StoreFormat.Text(day)} is not readable");

    // The first byte of a compressed day is even, because of its window.
    private static bool IsJson(ReadOnlySpan<byte> stored) => stored is [(byte)'{', ..];

    // Makes the day, or reads only its figures into a list: nothing is allocated then.
    private static bool TryReadText(DateOnly day, ReadOnlySpan<byte> stored, List<Observation>? into, out StoredDay? made)
    {
        for (var most = UsualLength; most <= MostLength; most *= 16)
        {
            var text = ArrayPool<byte>.Shared.Rent(most);
            try
            {
                if (BrotliDecoder.TryDecompress(stored, text, out var length))
                {
                    return TryReadChecked(day, text.AsSpan(0, length), into, out made);
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(text);
            }
        }

        made = null;
        return false;
    }

    private static bool TryReadChecked(DateOnly day, ReadOnlySpan<byte> text, List<Observation>? into, out StoredDay? made)
    {
        made = null;
        if (text.Length <= CheckLength + 1
            || !uint.TryParse(text[..CheckLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var check)
            || Crc32.HashToUInt32(text[(CheckLength + 1)..]) != check)
        {
            return false;
        }

        var reader = new DayTextReader(day, text[(CheckLength + 1)..]);
        if (into is not null)
        {
            return reader.TryRead(into);
        }

        made = reader.Read();
        return made is not null;
    }
}
