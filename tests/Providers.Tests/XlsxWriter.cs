using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace Rates.Providers.Tests;

/// <summary>
/// Writes small workbooks as XLSX: shared strings, numbers with the seventeen digits that Excel writes, one style for days.
/// </summary>
internal static class XlsxWriter
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public static byte[] Write(WorkbookText book)
    {
        List<string> strings = [];
        var sheets = book.Sheets.Select(sheet => Sheet(book, sheet.Rows, strings)).ToList();
        var numbers = Enumerable.Range(1, sheets.Count).ToList();
        var parts = new (string Name, string Text)[]
        {
            ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                + "<Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"),
            ("_rels/.rels", Related([("officeDocument", "xl/workbook.xml")])),
            ("xl/_rels/workbook.xml.rels", Related(
                [.. numbers.Select(number => ("worksheet", $"worksheets/sheet{number}.xml")), ("styles", "styles.xml"),
                    ("sharedStrings", "sharedStrings.xml")])),
            ("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\">"
                + $"<workbookPr{(book.CountsFrom1904 ? " date1904=\"1\"" : "")}/><sheets>" + string.Concat(numbers.Select(number =>
                    $"<sheet name=\"{SecurityElement.Escape(book.Sheets[number - 1].Name)}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>"))
                + "</sheets></workbook>"),
            ("xl/styles.xml", $"<styleSheet xmlns=\"{Main}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>"
                + "</styleSheet>"),
            ("xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\">" + string.Concat(strings.Select(text =>
                $"<si><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></si>")) + "</sst>"),
        };
        return Pack(parts.Concat(numbers.Select(number => (Name: $"xl/worksheets/sheet{number}.xml", Text: sheets[number - 1])))
            .Select(part => (part.Name, Encoding.UTF8.GetBytes(part.Text))));
    }

    /// <summary>An archive of these parts, the same bytes each time.</summary>
    public static byte[] Pack(IEnumerable<(string Name, byte[] Content)> parts)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                var entry = archive.CreateEntry(name);
                entry.LastWriteTime = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var writer = entry.Open();
                writer.Write(content);
            }
        }

        return stream.ToArray();
    }

    private static string Related(IEnumerable<(string Type, string Target)> targets) =>
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + string.Concat(
            targets.Select((target, at) =>
                $"<Relationship Id=\"rId{at + 1}\" Type=\"{Relations}/{target.Type}\" Target=\"{target.Target}\"/>")) + "</Relationships>";

    private static string Sheet(WorkbookText book, IReadOnlyList<WorkbookText.Row> rows, List<string> strings)
    {
        var text = new StringBuilder($"<worksheet xmlns=\"{Main}\"><sheetData>");
        foreach (var (at, row) in rows.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"<row r=\"{at + 1}\"{(row.IsHidden ? " hidden=\"1\"" : "")}>");
            foreach (var (column, value) in row.Cells.Index().Where(cell => cell.Item is not null))
            {
                var (type, stored) = value switch
                {
                    double number => ("", number.ToString("G17", CultureInfo.InvariantCulture)),
                    DateOnly day => (" s=\"1\"", book.Serial(day).ToString(CultureInfo.InvariantCulture)),
                    _ => (" t=\"s\"", Shared((string)value!, strings).ToString(CultureInfo.InvariantCulture)),
                };
                text.Append(CultureInfo.InvariantCulture, $"<c r=\"{Letters(column)}{at + 1}\"{type}><v>{stored}</v></c>");
            }

            text.Append("</row>");
        }

        return text.Append("</sheetData></worksheet>").ToString();
    }

    private static int Shared(string text, List<string> strings)
    {
        if (strings.IndexOf(text) is var at and >= 0)
        {
            return at;
        }

        strings.Add(text);
        return strings.Count - 1;
    }

    private static string Letters(int column) =>
        column < 26 ? $"{(char)('A' + column)}" : Letters((column / 26) - 1) + (char)('A' + (column % 26));
}
