namespace Rates.Providers;

/// <summary>A sheet of a source's workbook.</summary>
/// <param name="Name">Its name, trimmed.</param>
/// <param name="Rows">Its rows that are not blank, in order.</param>
internal sealed record WorkbookSheet(string Name, IReadOnlyList<WorkbookRow> Rows)
{
    /// <summary>The index, among the rows, of the first one in which all of these headings stand, whatever their case and order.</summary>
    /// <exception cref="FormatException">No row has them all.</exception>
    public int HeaderIndex(params string[] headings)
    {
        for (var at = 0; at < Rows.Count; at++)
        {
            if (headings.All(heading => Rows[at].Find(heading) >= 0))
            {
                return at;
            }
        }

        throw new FormatException($"sheet '{Name}' has no row with the headings '{string.Join("', '", headings)}'");
    }

    /// <summary>
    /// The rows below the first one with these headings, each with the cells under them in the order in which they are named here.
    /// </summary>
    /// <exception cref="FormatException">No row has them all, or one of them stands there twice.</exception>
    public IEnumerable<WorkbookRow> Table(params string[] headings)
    {
        var header = HeaderIndex(headings);
        var columns = headings.Select(Rows[header].IndexOf).ToArray();
        return Rows.Skip(header + 1).Select(row => row with { Cells = [.. columns.Select(column => row[column])] });
    }
}

/// <summary>A row of a source's workbook.</summary>
/// <param name="Sheet">Name of its sheet.</param>
/// <param name="Number">Its number in the sheet, from 1.</param>
/// <param name="IsHidden">True when people do not see it.</param>
/// <param name="Cells">Its cells from column A on; blank ones at the end may be left out.</param>
internal sealed record WorkbookRow(string Sheet, int Number, bool IsHidden, WorkbookCell[] Cells)
{
    /// <summary>The cell of a column, from 0; blank beyond the end of the row.</summary>
    public WorkbookCell this[int column] => column < Cells.Length ? Cells[column] : default;

    /// <summary>The place of the one cell with this text, whatever its case and the blanks in it.</summary>
    /// <exception cref="FormatException">There is none, or it is there twice.</exception>
    public int IndexOf(string heading) => Find(heading) is var at and >= 0 && Find(heading, at + 1) < 0
        ? at
        : throw new FormatException($"sheet '{Sheet}' does not have one heading '{heading}' in row {Number}");

    /// <summary>The place of the first cell with this text from <paramref name="start"/> on; -1 when there is none.</summary>
    public int Find(string heading, int start = 0)
    {
        for (var at = start; at < Cells.Length; at++)
        {
            if (!Cells[at].IsNumeric && Plain(Cells[at].Text).Equals(Plain(heading), StringComparison.OrdinalIgnoreCase))
            {
                return at;
            }
        }

        return -1;
    }

    public override string ToString() => $"{Number} of '{Sheet}'";

    // Headings are broken into lines and padded for the eye.
    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
