using System.Text;
using CsvHelper;

namespace Rates.Providers.Reading;

/// <summary>Reads CSV through CsvHelper, strictly: ragged rows and bodies that may have been cut are refused.</summary>
internal static class Csv
{
    /// <summary>
    /// The rows below the header row. The header is the first row for which <paramref name="isHeader"/> holds; rows before it are
    /// preamble. Without <paramref name="isHeader"/> it is the first row.
    /// </summary>
    /// <exception cref="FormatException">No header row, or the end of the body is not known to be its end.</exception>
    public static IEnumerable<CsvRow> Rows(
        ProviderBody body, char delimiter = ',', Func<string[], bool>? isHeader = null, Encoding? encoding = null, bool ragged = false, bool recover = false)
    {
        CsvHeader? header = null;
        foreach (var cells in Cells(body, delimiter, encoding, recover))
        {
            if (header is null)
            {
                header = isHeader is null || isHeader(cells) ? new CsvHeader(cells) : null;
            }
            else if (!ragged && cells.Length != header.Width)
            {
                throw new FormatException($"a row has {cells.Length} columns where the header has {header.Width}: '{string.Join(delimiter, cells)}'");
            }
            else
            {
                yield return new CsvRow(header, cells);
            }
        }

        _ = header ?? throw new FormatException("the header row is missing");
    }

    /// <summary>Every row's cells, trimmed; empty lines are skipped. With <paramref name="recover"/>, stray quotes are kept as text.</summary>
    /// <exception cref="FormatException">The end of the body is not known to be its end.</exception>
    public static IEnumerable<string[]> Cells(ProviderBody body, char delimiter = ',', Encoding? encoding = null, bool recover = false)
    {
        using var reader = CsvReader.FromText(body.WholeText(encoding), new CsvReaderOptions
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
            for (var place = 0; place < cells.Length; place++)
            {
                cells[place] = reader.GetString(place);
            }

            yield return cells;
        }
    }
}

/// <summary>Column names of a CSV document.</summary>
internal sealed class CsvHeader(string[] names)
{
    private readonly Dictionary<string, int> _places = names.Select((name, place) => (name, place))
        .GroupBy(column => column.name, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(columns => columns.Key, columns => columns.First().place, StringComparer.OrdinalIgnoreCase);

    /// <summary>The names in order.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Number of columns.</summary>
    public int Width => names.Length;

    /// <summary>Place of the column called so.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public int this[string name] => _places.TryGetValue(name, out var place) ? place : throw new FormatException($"column '{name}' is missing");

    /// <summary>True when there is a column called so.</summary>
    public bool Has(string name) => _places.ContainsKey(name);
}

/// <summary>One row, by column name or place.</summary>
internal readonly record struct CsvRow(CsvHeader Header, string[] Cells)
{
    /// <summary>The cell under the column called so; the column must exist and the row must reach it.</summary>
    public string this[string column] => this[Header[column]];

    /// <summary>The cell at a place.</summary>
    public string this[int place] => place < Cells.Length ? Cells[place] : throw new FormatException($"the row has no column {place + 1}");
}
