using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Rates.Core;
using Rates.Testing;

namespace Rates.Providers.Tests;

/// <summary>Bodies made to hurt are refused, and fast: by every adapter, whatever its format.</summary>
[Collection(Alone.Name)]
public sealed partial class HostileBodyTests
{
    private static readonly TimeSpan Fast = TimeSpan.FromSeconds(2);

    public static IEnumerable<TheoryDataRow<string>> Bombs() => Bodies.Keys.Select(name => new TheoryDataRow<string>(name));

    private static Dictionary<string, byte[]> Bodies { get; } = new()
    {
        ["a DTD"] = Utf8("<?xml version=\"1.0\"?><!DOCTYPE a SYSTEM \"http://127.0.0.1:9/a.dtd\"><a/>"),
        ["an external entity"] = Utf8("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a>&x;</a>"),
        ["a billion laughs"] = Utf8("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a0 \"ha\">"
            + string.Concat(Enumerable.Range(1, 30).Select(level => $"<!ENTITY a{level} \"&a{level - 1};&a{level - 1};\">"))
            + "]><a>&a30;</a>"),
        ["200,000 nested tags"] = Utf8(string.Concat(Enumerable.Repeat("<a>", 200_000))
            + string.Concat(Enumerable.Repeat("</a>", 200_000))),
        ["200,000 tags that never close"] = Utf8(string.Concat(Enumerable.Repeat("<table><tr><td>", 67_000))),
        ["a megabyte of attributes"] = Utf8($"<a {string.Join(' ', Enumerable.Range(0, 60_000).Select(number => $"a{number}=\"1\""))}/>"),
        ["a megabyte of attributes with tag ends in their values"] =
            Utf8($"<a {string.Join(' ', Enumerable.Range(0, 60_000).Select(number => $"a{number}=\"'>\""))}/>"),
        ["200,000 nested arrays"] = Utf8(new string('[', 200_000) + new string(']', 200_000)),
        ["200,000 nested objects"] = Utf8(string.Concat(Enumerable.Repeat("{\"a\":", 200_000)) + "1" + new string('}', 200_000)),
        ["a name twice"] = Utf8("{\"rates\":{\"USD\":1.1,\"USD\":2.2},\"rates\":{}}"),
        ["NaN"] = Utf8("{\"rates\":{\"USD\":NaN}}"),
        ["a field of a megabyte"] = Utf8($"Date,\"{new string('x', 1 << 20)}\"\n2026-08-20,1\n"),
        ["a quotation mark that never closes"] = Utf8($"Date,USD\n\"{new string(',', 1 << 20)}"),
        ["a line of a megabyte"] = Utf8(string.Join(',', Enumerable.Range(0, 200_000))),
        ["half a million empty lines"] = Utf8(new string('\n', 500_000)),
        ["a number of 100,000 digits"] = Utf8($"{{\"rates\":{{\"USD\":{new string('9', 100_000)}}}}}"),
        ["an archive that unfolds to 200 MB"] = Zipped(200),
        ["a workbook whose last row has the number two billion"] = Workbook(
            "<row r=\"2000000000\"><c r=\"A2000000000\"><v>1</v></c></row>"),
        ["a workbook of a cell in every column"] = Workbook(
            string.Concat(Enumerable.Range(1, 20_000).Select(row => $"<row r=\"{row}\"><c r=\"XFD{row}\"><v>1</v></c></row>"))),
        ["a workbook of 200,000 nested tags"] = Workbook(string.Concat(Enumerable.Repeat("<a>", 200_000))),
        ["a workbook of a megabyte of attributes"] = Workbook(
            $"<row {string.Join(' ', Enumerable.Range(0, 60_000).Select(number => $"a{number}=\"1\""))}/>"),
        ["a workbook with a DTD"] = Workbook("", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>"),
        ["a document of nested arrays"] = PdfWriter.Document(string.Concat(Enumerable.Repeat("[", 200_000))),
        ["a document of nested dictionaries"] = PdfWriter.Document("", extra: string.Concat(Enumerable.Repeat("/A << ", 100_000))),
        ["a document whose pages go round in a circle"] = PdfWriter.Document("BT ET", kids: "2 0 R"),
        ["a document of a hundred thousand pages"] = PdfWriter.Document("BT ET",
            kids: string.Join(' ', Enumerable.Repeat("3 0 R", 100_000))),
        ["a document that unfolds to 200 MB"] = PdfWriter.Document(Deflated(200), streamEntries: "/Filter /FlateDecode"),
        ["a document that is packed many times"] = PdfWriter.Document("00", streamEntries:
            $"/Filter [{string.Concat(Enumerable.Repeat("/ASCIIHexDecode ", 10_000))}]"),
        ["a document of half a million letters"] = PdfWriter.Document(
            string.Concat(Enumerable.Repeat("BT /F1 9 Tf 1 0 0 1 50 50 Tm (1234567890) Tj ET\n", 50_000))),
        ["a workbook that states two billion rows"] = Rows(),
        ["a workbook whose sectors go round in a circle"] = Circle(),
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_hostile_body_is_refused_fast_by_every_adapter(string name) =>
        Assert.All(OwnDocument.Keys().SelectMany(key => OwnDocument.Of(key.Data).DistinctBy(Form)), document =>
        {
            var took = ProcessorTime.Of(() => Assert.Empty(document.With(Bodies[name]) ?? []), Fast);

            Assert.True(took < Fast, $"{document} took {took} of processor time");
        });

    [Theory]
    [MemberData(nameof(OwnDocument.Keys), MemberType = typeof(OwnDocument))]
    public void A_wrong_charset_garbles_no_figure(string key) =>
        Assert.All(OwnDocument.Of(key), document =>
        {
            foreach (var charset in new[] { "utf-8", "utf-16", "iso-8859-1", "windows-1251", "us-ascii", "no-such-charset" })
            {
                Assert.Empty(Wrong(document, document.Body.Bytes, $"text/plain; charset={charset}"));
            }

            Assert.Empty(Wrong(document, document.Body.Bytes, "text/plain; charset"));
        });

    [Theory]
    [MemberData(nameof(OwnDocument.Keys), MemberType = typeof(OwnDocument))]
    public void A_number_that_no_decimal_holds_is_no_figure(string key) =>
        Assert.All(OwnDocument.Of(key).Where(document => document.Body.Bytes.Span is [(byte)'{' or (byte)'[', ..]), document =>
        {
            var text = Encoding.UTF8.GetString(document.Body.Bytes.Span);
            foreach (var number in new[] { "NaN", "Infinity", "1e400", "-1e400", "1e-400", "\"1e5\"", "\"NaN\"", "\"0x1F\"" })
            {
                Assert.Empty(Wrong(document, Utf8(JsonNumber().Replace(text, "${name}" + number)), document.Body.ContentType));
            }
        });

    // Figures that the true document does not hold.
    private static IEnumerable<Observation> Wrong(OwnDocument document, ReadOnlyMemory<byte> bytes, string? contentType) =>
        (document.With(bytes, contentType) ?? []).Except(document.Figures);

    // What an adapter of several formats tells them apart by.
    private static byte Form(OwnDocument document) => document.Body.Bytes.Span is [var first, ..] ? first : (byte)0;

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    // A sheet with this content; adapters find it where they look for theirs.
    private static byte[] Workbook(string rows, string before = "")
    {
        var book = XlsxWriter.Write(WorkbookText.Read("# Sheet1\nDate\n"));
        using var archive = new ZipArchive(new MemoryStream(book));
        return XlsxWriter.Pack(archive.Entries.Select(entry =>
        {
            using var reader = new StreamReader(entry.Open());
            var text = reader.ReadToEnd();
            return (entry.FullName, Utf8(entry.Name is "sheet1.xml" ? before + text.Replace("</sheetData>", rows + "</sheetData>",
                StringComparison.Ordinal) : text));
        }));
    }

    private static string Deflated(int megabytes)
    {
        using var stream = new MemoryStream();
        using (var packed = new ZLibStream(stream, CompressionLevel.Optimal, leaveOpen: true))
        {
            var block = new byte[1 << 20];
            Array.Fill(block, (byte)' ');
            for (var written = 0; written < megabytes; written++)
            {
                packed.Write(block);
            }
        }

        return Encoding.Latin1.GetString(stream.ToArray());
    }

    private static byte[] Rows()
    {
        var book = XlsWriter.Write(WorkbookText.Read("# Sheet1\nDate\n"));

        // The record of the sheet's size: kind, length, first row, one behind the last.
        ReadOnlySpan<byte> size = [0x00, 0x02, 14, 0, 0, 0, 0, 0, 1, 0, 0, 0];
        BitConverter.TryWriteBytes(book.AsSpan(book.AsSpan().IndexOf(size) + 8), int.MaxValue);
        return book;
    }

    private static byte[] Circle()
    {
        var book = XlsWriter.Write(WorkbookText.Read("# Sheet1\nDate\n"));

        // The last sector of the workbook is followed by its first.
        var table = book.AsSpan(^512);
        ReadOnlySpan<byte> last = [0xFE, 0xFF, 0xFF, 0xFF];
        BitConverter.TryWriteBytes(table[table.IndexOf(last)..], 0);
        return book;
    }

    private static byte[] Zipped(int megabytes)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in new[] { "a.csv", "xl/workbook.xml", "xl/sharedStrings.xml",
                "xl/worksheets/sheet1.xml", "[Content_Types].xml" })
            {
                using var entry = archive.CreateEntry(name).Open();
                var block = new byte[1 << 20];
                Array.Fill(block, (byte)' ');
                for (var written = 0; written < megabytes; written++)
                {
                    entry.Write(block);
                }
            }
        }

        return stream.ToArray();
    }

    // A number that is a member's value, whole.
    [GeneratedRegex(@"(?<name>:\s*)-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?(?=\s*[,}\]])", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex JsonNumber();
}
