using System.Text;

namespace Rates.Providers.Tests;

/// <summary>
/// Writes small workbooks as XLS: the records of Excel 97 in a compound file, the directory and the allocation table at its end.
/// </summary>
internal static class XlsWriter
{
    private const int Sector = 512;

    public static byte[] Write(WorkbookText book) => Contain(Records(book));

    /// <summary>A compound file with one stream, the workbook.</summary>
    public static byte[] Contain(byte[] workbook)
    {
        // A stream of less than 4 KiB would have to lie in smaller sectors.
        var sectors = (Math.Max(workbook.Length, 4096) + Sector - 1) / Sector;
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[16]]);
        foreach (var number in (ushort[])[0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0])
        {
            writer.Write(number);
        }

        // Directory sectors, tables, first of the directory, transaction, least stream, small tables, further table sectors.
        foreach (var number in (uint[])[0, 1, (uint)sectors, 0, 4096, 0xFFFF_FFFE, 0, 0xFFFF_FFFE, 0, (uint)sectors + 1])
        {
            writer.Write(number);
        }

        Fill(writer, Sector, 0xFF);
        writer.Write(workbook);
        Fill(writer, Sector * (sectors + 1), 0);
        Entry(writer, "Root Entry", 5, 1, 0xFFFF_FFFE, 0);
        Entry(writer, "Workbook", 2, 0xFFFF_FFFF, 0, sectors * Sector);
        Fill(writer, Sector * (sectors + 2), 0);
        foreach (var number in Enumerable.Range(1, sectors - 1).Select(next => (uint)next).Concat([0xFFFF_FFFE, 0xFFFF_FFFE, 0xFFFF_FFFD]))
        {
            writer.Write(number);
        }

        Fill(writer, Sector * (sectors + 3), 0xFF);
        return stream.ToArray();
    }

    private static void Entry(BinaryWriter writer, string name, byte type, uint child, uint start, int size)
    {
        var end = writer.BaseStream.Position + 128;
        writer.Write(Encoding.Unicode.GetBytes(name));
        Fill(writer, end - 64, 0);
        writer.Write((ushort)((name.Length + 1) * 2));
        writer.Write([type, 1]);
        writer.Write(0xFFFF_FFFFu);
        writer.Write(0xFFFF_FFFFu);
        writer.Write(child);
        Fill(writer, end - 12, 0);
        writer.Write(start);
        writer.Write((long)size);
    }

    private static byte[] Records(WorkbookText book)
    {
        var sheets = book.Sheets.Select(sheet => Sheet(book, sheet.Rows)).ToList();
        var strings = book.Sheets.SelectMany(sheet => sheet.Rows).SelectMany(row => row.Cells).OfType<string>().Distinct().ToList();
        var globals = Globals(book, strings, new int[sheets.Count]);
        var starts = sheets.Select((_, at) => globals.Length + sheets.Take(at).Sum(sheet => sheet.Length)).ToArray();
        return [.. Globals(book, strings, starts), .. sheets.SelectMany(sheet => sheet)];
    }

    private static byte[] Globals(WorkbookText book, List<string> strings, int[] starts)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        Record(writer, 0x0809, Shorts(0x0600, 5, 0x0DBB, 1996, 0, 0, 0, 0));
        Record(writer, 0x0042, Shorts(1200));
        Record(writer, 0x0022, Shorts((ushort)(book.CountsFrom1904 ? 1 : 0)));
        Record(writer, 0x00E0, Shorts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        Record(writer, 0x00E0, Shorts(0, 14, 0, 0, 0, 0, 0, 0, 0, 0));
        foreach (var (at, start) in starts.Index())
        {
            var name = book.Sheets[at].Name;
            Record(writer, 0x0085, [.. BitConverter.GetBytes(start), 0, 0, (byte)name.Length, 1, .. Encoding.Unicode.GetBytes(name)]);
        }

        Record(writer, 0x00FC,
        [
            .. BitConverter.GetBytes(strings.Count), .. BitConverter.GetBytes(strings.Count),
            .. strings.SelectMany(text => (byte[])[.. Shorts((ushort)text.Length), 1, .. Encoding.Unicode.GetBytes(text)]),
        ]);
        Record(writer, 0x000A, []);
        return stream.ToArray();
    }

    private static byte[] Sheet(WorkbookText book, IReadOnlyList<WorkbookText.Row> rows)
    {
        var strings = book.Sheets.SelectMany(sheet => sheet.Rows).SelectMany(row => row.Cells).OfType<string>().Distinct().ToList();
        var width = rows.Select(row => row.Cells.Count).DefaultIfEmpty().Max();
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        Record(writer, 0x0809, Shorts(0x0600, 0x10, 0x0DBB, 1996, 0, 0, 0, 0));
        Record(writer, 0x0200, [.. BitConverter.GetBytes(0), .. BitConverter.GetBytes(rows.Count), .. Shorts(0, (ushort)width, 0)]);
        foreach (var (at, row) in rows.Index())
        {
            // Height in twentieths of a point; the flag 0x20 hides the row.
            Record(writer, 0x0208, Shorts((ushort)at, 0, (ushort)row.Cells.Count, 255, 0, 0, (ushort)(row.IsHidden ? 0x20 : 0), 0));
            foreach (var (column, value) in row.Cells.Index().Where(cell => cell.Item is not null))
            {
                if (value is string text)
                {
                    Record(writer, 0x00FD, [.. Shorts((ushort)at, (ushort)column, 0), .. BitConverter.GetBytes(strings.IndexOf(text))]);
                }
                else
                {
                    var (style, number) = value is DateOnly day ? (1, book.Serial(day)) : (0, (double)value!);
                    Record(writer, 0x0203, [.. Shorts((ushort)at, (ushort)column, (ushort)style), .. BitConverter.GetBytes(number)]);
                }
            }
        }

        Record(writer, 0x000A, []);
        return stream.ToArray();
    }

    private static byte[] Shorts(params IEnumerable<ushort> numbers) => [.. numbers.SelectMany(BitConverter.GetBytes)];

    private static void Record(BinaryWriter writer, ushort kind, byte[] content)
    {
        writer.Write(kind);
        writer.Write(content.Length <= 8224 ? (ushort)content.Length : throw new FormatException("a record is too long for this writer"));
        writer.Write(content);
    }

    private static void Fill(BinaryWriter writer, long until, byte value)
    {
        while (writer.BaseStream.Position < until)
        {
            writer.Write(value);
        }
    }
}
