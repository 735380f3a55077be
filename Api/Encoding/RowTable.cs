namespace Rates.Api;

/// <summary>An answer of the Api as rows and columns, which CSV, XML and NDJSON are written from.</summary>
/// <param name="name">Name of the XML root element, such as <c>rates</c>.</param>
/// <param name="rowName">Name of the XML element of a row, such as <c>rate</c>.</param>
/// <param name="columns">Names of the columns.</param>
internal sealed class RowTable(string name, string rowName, params string[] columns)
{
    private readonly List<Cell[]> _rows = [];

    /// <summary>Adds a row: one cell per column.</summary>
    public void Add(params Cell[] cells) => _rows.Add(cells);

    /// <summary>Writes the table in a format other than JSON.</summary>
    public void Write(ByteBuffer buffer, AnswerFormat format, in AnswerChoice choice)
    {
        var writer = new RowWriter(buffer, format, choice, new(name, rowName, columns));
        writer.Start();
        foreach (var row in _rows)
        {
            writer.StartRow();
            for (var column = 0; column < row.Length; column++)
            {
                writer.Write(column, row[column]);
            }

            writer.EndRow();
        }

        writer.End();
    }
}
