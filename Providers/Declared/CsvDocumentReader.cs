using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Rates.Providers;

/// <summary>
/// Reads the rows of CSV answers of providers declared without code: the lines, or with <c>*</c> every cell below a column that is a
/// currency. Cells are names of columns or <c>#2</c>, the second one; with <c>*</c>, <c>~</c> is the column's name and <c>@</c> the cell.
/// </summary>
internal sealed class CsvDocumentReader : IDocumentReader
{
    private const string NoHeader = "none";

    private readonly DeclaredReading _reading;
    private readonly Regex? _pick;
    private readonly Encoding? _encoding;
    private readonly char _delimiter;
    private readonly IReadOnlyList<string> _columns;

    /// <param name="reading">How the answers are read.</param>
    /// <param name="pick">Which columns are currencies; null for all that are three letters.</param>
    /// <param name="encoding">The charset of bodies that state none; null for UTF-8.</param>
    /// <exception cref="FormatException">The rows or the delimiter cannot be used.</exception>
    public CsvDocumentReader(DeclaredReading reading, Regex? pick, Encoding? encoding)
    {
        (_reading, _pick, _encoding, _columns) = (reading, pick, encoding, [.. Columns(reading)]);
        _delimiter = reading.Delimiter is "tab" ? '\t'
            : reading.Delimiter is [var one] ? one
            : throw new FormatException($"needs a delimiter of one character or tab, not '{reading.Delimiter}'");
        if (reading.Rows is not ("" or "*"))
        {
            throw new FormatException("is neither empty, for the lines, nor *, for every cell below a currency");
        }
    }

    // Columns that must be there: without one of them, each row would be odd by itself.
    private static IEnumerable<string> Columns(DeclaredReading reading) =>
        new[] { reading.Currency, reading.Pair, reading.Against, reading.Units, reading.Date, reading.Rate }.Concat(reading.Rates.Values)
            .Where(cell => cell is not ("" or "~" or "@" or "response" or "request")
                && cell[0] is not ('=' or '#' or '/') && cell[^1] != '?'
                && !decimal.TryParse(cell, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _));

    private bool IsAcross => _reading.Rows == "*";

    /// <inheritdoc/>
    public string? Problem(string cell) => cell switch
    {
        "~" or "@" when IsAcross => null,
        "~" or "@" => "is for read.rows *",
        ['#', .. var number] => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var column) && column > 0
            ? null
            : "is no column: #1 is the first",
        _ when _reading.Header == NoHeader => "is a column's name, but there is no header: write #1 for the first column",
        _ => null,
    };

    /// <inheritdoc/>
    public RowQuery<IDocumentRow> Rows(ProviderBody body)
    {
        if (_reading.Header == NoHeader)
        {
            var lines = Csv.Cells(body, _delimiter, _encoding);
            return body.Rows(lines).Select(IDocumentRow (cells) => new Line(new([]), cells));
        }

        var table = Csv.Table(
            body, _delimiter,
            _reading.Header.Length == 0 ? null : cells => cells.Contains(_reading.Header, StringComparer.OrdinalIgnoreCase), _encoding);
        if (_columns.FirstOrDefault(column => !table.Header.Has(column)) is { } missing)
        {
            throw new FormatException(
                $"column '{missing}' is missing; the header is {string.Join(_delimiter, table.Header.Names.Take(12))}");
        }

        return IsAcross
            ? from row in table.Rows
              from column in body.Cells(Currencies(table.Header))
              select (IDocumentRow)new Cell(row, column)
            : table.Rows.Select(IDocumentRow (row) => new Line(row.Header, row.Cells));
    }

    private List<CsvColumn<string>> Currencies(CsvHeader header)
    {
        List<CsvColumn<string>> columns =
        [
            .. header.Names.Index()
                .Where(column => _pick?.IsMatch(column.Item) ?? (column.Item is { Length: 3 } code && code.All(char.IsAsciiLetter)))
                .Select(column => new CsvColumn<string>(column.Index, column.Item, column.Item)),
        ];
        return columns.Count > 0
            ? columns
            : throw new FormatException($"no column is a currency; the header is {string.Join(_delimiter, header.Names.Take(12))}");
    }

    /// <summary>One line of a CSV document as a row.</summary>
    private sealed class Line(CsvHeader header, string[] cells) : IDocumentRow
    {
        public CellValue Read(string cell)
        {
            var index = cell.StartsWith('#') ? int.Parse(cell.AsSpan(1), CultureInfo.InvariantCulture) - 1 : header[cell];
            return index < cells.Length
                ? new(cells[index])
                : throw new FormatException($"the row has only {cells.Length} columns: '{string.Join("', '", cells.Take(12))}'");
        }
    }

    private sealed class Cell(CsvRow row, CsvColumn<string> column) : IDocumentRow
    {
        public CellValue Read(string cell) => cell switch
        {
            "~" => new(column.Name),
            "@" => new(row[column.Index]),
            ['#', .. var number] => new(row[int.Parse(number, CultureInfo.InvariantCulture) - 1]),
            _ => new(row[cell]),
        };
    }
}
