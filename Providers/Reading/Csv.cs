using System.Text;
using CsvHelper;

namespace Rates.Providers;

/// <summary>Reads sources' CSV through CsvHelper, strictly: ragged rows and bodies that may have been cut are refused.</summary>
internal static class Csv
{
    /// <summary>The table of a body, header row and rows below it; see <see cref="Rows"/>.</summary>
    /// <exception cref="FormatException">No header row, or the end of the body is not known to be its end.</exception>
    public static CsvTable Table(
        ProviderBody body, char delimiter = ',', Func<string[], bool>? isHeader = null, Encoding? encoding = null, bool recover = false,
        Func<string[], bool>? isAfter = null)
    {
        List<string[]> lines = [.. Cells(body, delimiter, encoding, recover)];
        var head = lines.FindIndex(cells => isHeader is null || isHeader(cells));
        var header = head < 0 ? throw new FormatException("the header row is missing") : new CsvHeader(lines[head]);
        var rows = body.Rows(lines.Skip(head + 1).TakeWhile(cells => isAfter is null || !isAfter(cells)));
        return new CsvTable(header, rows.Select(cells => Row(header, cells, delimiter)));
    }

    /// <summary>
    /// The rows below the header row. The header is the first row for which <paramref name="isHeader"/> holds; rows before it are
    /// preamble. Without <paramref name="isHeader"/> it is the first row. A row with more or fewer columns is odd.
    /// </summary>
    /// <param name="body">The answer.</param>
    /// <param name="delimiter">What parts the columns.</param>
    /// <param name="isHeader">Recognizes the header row; null for the first.</param>
    /// <param name="encoding">
    /// The encoding when neither the body nor its content type states one; unless given UTF-8, or windows-1252 where it is not UTF-8.
    /// </param>
    /// <param name="recover">True to keep stray quotation marks as text.</param>
    /// <param name="isAfter">Recognizes the first line that follows the table and is no part of it; null when the table runs to the
    /// end.</param>
    /// <exception cref="FormatException">No header row, or the end of the body is not known to be its end.</exception>
    public static RowQuery<CsvRow> Rows(
        ProviderBody body, char delimiter = ',', Func<string[], bool>? isHeader = null, Encoding? encoding = null, bool recover = false,
        Func<string[], bool>? isAfter = null) => Table(body, delimiter, isHeader, encoding, recover, isAfter).Rows;

    private static CsvRow Row(CsvHeader header, string[] cells, char delimiter) => cells.Length == header.Width
        ? new CsvRow(header, cells)
        : throw new FormatException($"{cells.Length} columns where the header has {header.Width}: '{string.Join(delimiter, cells)}'");

    /// <summary>
    /// Every row's cells, trimmed; empty lines are skipped. With <paramref name="recover"/>, stray quotes are kept as text.
    /// </summary>
    /// <exception cref="FormatException">The end of the body is not known to be its end.</exception>
    public static IEnumerable<string[]> Cells(ProviderBody body, char delimiter = ',', Encoding? encoding = null, bool recover = false)
    {
        using var reader = CsvReader.FromText(body.WholeText(encoding ?? StrictDecoder.OfTable(body.Bytes.Span)), new CsvReaderOptions
        {
            Separator = delimiter,
            HasHeader = false,
            TrimWhitespace = true,
            TrimInsideQuotes = true,
            MaxRecordSize = 64 << 10,
            MalformedData = recover ? CsvMalformedDataHandling.Recover : CsvMalformedDataHandling.Throw,
            PoolStrings = true,
        });
        while (reader.Read())
        {
            var cells = new string[reader.FieldCount];
            for (var index = 0; index < cells.Length; index++)
            {
                cells[index] = reader.GetString(index);
            }

            yield return cells;
        }
    }
}

/// <summary>A source's CSV document with column names, read row by row.</summary>
internal sealed record CsvTable(CsvHeader Header, RowQuery<CsvRow> Rows)
{
    /// <summary>
    /// The columns from <paramref name="first"/> on that <paramref name="read"/> knows by their names. A column that it cannot read is
    /// left out and recorded as one odd row.
    /// </summary>
    public List<CsvColumn<T>> Columns<T>(ProviderBody body, int first, Func<string, T> read) =>
    [
        .. from column in body.Rows(Header.Names.Index().Skip(first), "column", column => column.Item)
           where column.Item.Length > 0
           select new CsvColumn<T>(column.Index, column.Item, read(column.Item)),
    ];
}

/// <summary>A column of a source's table that an adapter finds by its name.</summary>
internal readonly record struct CsvColumn<T>(int Index, string Name, T Meaning);

/// <summary>The column names of a source's CSV document, with the index of each.</summary>
internal sealed class CsvHeader(string[] names)
{
    private readonly Dictionary<string, int> _indexes = names.Index()
        .GroupBy(column => column.Item, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(columns => columns.Key, columns => columns.First().Index, StringComparer.OrdinalIgnoreCase);

    /// <summary>The names in order.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Number of columns.</summary>
    public int Width => names.Length;

    /// <summary>Index of the column called so, from 0.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public int this[string name] =>
        _indexes.TryGetValue(name, out var index) ? index : throw new FormatException($"column '{name}' is missing");

    /// <summary>True when there is a column called so.</summary>
    public bool Has(string name) => _indexes.ContainsKey(name);
}

/// <summary>One row of a source's CSV document; its fields are found by column name or index.</summary>
internal readonly record struct CsvRow(CsvHeader Header, string[] Cells)
{
    /// <summary>The cell under the column called so; the column must exist and the row must reach it.</summary>
    public string this[string column] => this[Header[column]];

    /// <summary>The cell at an index, from 0.</summary>
    public string this[int index] => index < Cells.Length ? Cells[index] : throw new FormatException($"the row has no column {index + 1}");
}
