using ExcelDataReader;

namespace Rates.Providers;

/// <summary>
/// Reads workbooks of untrusted origin, XLS (Excel 97 to 2003) and XLSX: what was cut or damaged is refused, and so is what would take
/// long. Formulas are not evaluated: a cell is what was stored for it.
/// </summary>
internal static class Workbook
{
    private const int MaxRows = 200_000;
    private const int MostRowsOfExcel = 1 << 20;
    private const int MaxBlankRows = 10_000;
    private const long MaxCells = 2_000_000;

    // What the format XLS can hold; a damaged file states up to 65,535.
    private const int MaxColumnsOfXls = 256;

    static Workbook() => CodePages.Register();

    /// <summary>The sheets, in the order of the workbook, each read when it is asked for.</summary>
    /// <exception cref="FormatException">No workbook, a damaged one, or one with too many rows or cells.</exception>
    public static IEnumerable<WorkbookSheet> Sheets(ProviderBody body)
    {
        var (isXml, serials) = Guard(() => Check(body.Bytes));
        using var stream = new MemoryStream(body.Bytes.ToArray(), writable: false);
        using var reader = Guard(() => Open(stream, isXml));
        var (rows, cells) = (0, 0L);
        do
        {
            yield return Guard(() => Sheet(reader, isXml, serials, ref rows, ref cells));
        }
        while (Guard(reader.NextResult));
    }

    /// <summary>Rows of a workbook for a query; messages name sheet and row.</summary>
    public static RowQuery<WorkbookRow> Rows(this ProviderBody body, IEnumerable<WorkbookRow> rows) =>
        body.Rows(rows, "row", row => row.ToString());

    private static (bool IsXml, DaySerials? Serials) Check(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Span.StartsWith(CompoundFile.Signature))
        {
            CompoundFile.Check(bytes.Span);
            // The library does not tell how the workbook counts; days are then only cells that are formatted as days.
            return (false, null);
        }

        if (!bytes.Span.StartsWith("PK"u8))
        {
            throw new FormatException("the answer is no workbook: it is neither an XLS nor an XLSX file");
        }

        DaySerials? serials = null;
        HashSet<string> present = new(StringComparer.OrdinalIgnoreCase);
        List<string> needed = ["/xl/_rels/workbook.xml.rels"];
        foreach (var (name, content) in Zip.Entries(bytes))
        {
            if (XmlReading.HasOversizedTag(content.Span))
            {
                throw new FormatException($"{name} in the workbook has a tag of more than 16 KiB");
            }

            present.Add('/' + name.TrimStart('/'));
            if (name.Equals("xl/_rels/workbook.xml.rels", StringComparison.OrdinalIgnoreCase))
            {
                // The library takes a part that is missing for an empty one.
                needed.AddRange(XmlReading.Root(content).All("Relationship")
                    .Where(part => part.Attr("Type").Split('/')[^1] is "worksheet" or "sharedStrings")
                    .Select(part => new Uri(new Uri("zip:///xl/"), part.Attr("Target")).AbsolutePath));
            }
            else if (name.Equals("xl/workbook.xml", StringComparison.OrdinalIgnoreCase))
            {
                var counts1904 = XmlReading.Root(content).All("workbookPr").Any(part => part.Attribute("date1904")?.Value is "1" or "true");
                serials = counts1904 ? DaySerials.From1904 : DaySerials.From1900;
            }
        }

        if (needed.Find(part => !present.Contains(part)) is { } missing)
        {
            throw new FormatException($"the workbook lacks its part {missing}");
        }

        return (true, serials ?? throw new FormatException("the archive is no workbook: it has no xl/workbook.xml"));
    }

    private static IExcelDataReader Open(MemoryStream stream, bool isXml)
    {
        var configuration = new ExcelReaderConfiguration { FallbackEncoding = StrictDecoder.Strict("windows-1252"), LeaveOpen = true };
        return isXml ? ExcelReaderFactory.CreateOpenXmlReader(stream, configuration)
            : ExcelReaderFactory.CreateBinaryReader(stream, configuration);
    }

    private static WorkbookSheet Sheet(IExcelDataReader reader, bool isXml, DaySerials? serials, ref int rows, ref long cells)
    {
        if (!isXml && reader.FieldCount > MaxColumnsOfXls)
        {
            throw new FormatException($"sheet '{reader.Name}' states {reader.FieldCount} columns, and XLS has {MaxColumnsOfXls}");
        }

        if (reader.RowCount > MostRowsOfExcel)
        {
            // The library counts through all rows that a sheet states, whether they are there or not.
            throw new FormatException($"a sheet of the workbook states {reader.RowCount} rows, which no sheet has");
        }

        List<WorkbookRow> read = [];
        var (name, last) = (reader.Name.Trim(), 0);
        for (var number = 1; reader.Read(); number++)
        {
            if (++rows > MaxRows || (cells += reader.FieldCount) > MaxCells || number - last > MaxBlankRows)
            {
                throw new FormatException(
                    $"the workbook has more than {MaxRows} rows, {MaxCells} cells or {MaxBlankRows} blank rows in succession");
            }

            var used = reader.FieldCount;
            while (used > 0 && reader.GetValue(used - 1) is null)
            {
                used--;
            }

            if (used > 0)
            {
                var row = new WorkbookCell[used];
                for (var column = 0; column < used; column++)
                {
                    row[column] = new(reader.GetValue(column), serials);
                }

                last = number;
                read.Add(new WorkbookRow(name, number, reader.RowHeight == 0, row));
            }
        }

        return new WorkbookSheet(name, read);
    }

    // The library is made for workbooks of good will: what it throws at others is of every kind.
    private static T Guard<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (Exception problem) when (problem is not (FormatException or OutOfMemoryException))
        {
            throw new FormatException($"the workbook cannot be read: {problem.Message}", problem);
        }
    }
}
