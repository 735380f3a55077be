using System.Globalization;

namespace Rates.Providers.Tests;

/// <summary>A workbook written as text: one line a row, cells parted by tabs.</summary>
/// <remarks>
/// <c># Name</c> begins a sheet; a first line <c>@1904</c> counts days from 1904; <c>!</c> before a row hides it. A cell is a number, a
/// day (<c>2026-08-20</c>, a number formatted as one) or text; <c>'</c> before it makes it text in any case, <c>\n</c> in it is a new line.
/// </remarks>
internal sealed record WorkbookText(bool CountsFrom1904, IReadOnlyList<(string Name, IReadOnlyList<WorkbookText.Row> Rows)> Sheets)
{
    /// <summary>The workbook that the text describes.</summary>
    /// <exception cref="FormatException">A row stands before the first sheet.</exception>
    public static WorkbookText Read(string text)
    {
        List<(string Name, List<Row> Rows)> sheets = [];
        foreach (var line in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Where(line => line != "@1904"))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                sheets.Add((line[2..], []));
                continue;
            }

            var rows = sheets.Count > 0 ? sheets[^1].Rows : throw new FormatException($"'{line}' stands before the first sheet");
            rows.Add(new(line.StartsWith('!'), [.. line.TrimStart('!').Split('\t').Select(Cell)]));
        }

        return new(
            text.StartsWith("@1904\n", StringComparison.Ordinal),
            [.. sheets.Select(sheet => (sheet.Name, (IReadOnlyList<Row>)sheet.Rows))]);
    }

    /// <summary>The number that stands for a day in this workbook.</summary>
    public double Serial(DateOnly day) => day.DayNumber - new DateOnly(1899, 12, 30).DayNumber - (CountsFrom1904 ? 1462 : 0);

    // Null, a double, a day or a string.
    private static object? Cell(string text) => text switch
    {
        "" => null,
        ['\'', ..] => text[1..].Replace("\\n", "\n", StringComparison.Ordinal),
        _ when double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out var number) => number,
        _ when DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) => day,
        _ => text.Replace("\\n", "\n", StringComparison.Ordinal),
    };

    /// <summary>A row and its cells from column A on.</summary>
    internal sealed record Row(bool IsHidden, IReadOnlyList<object?> Cells);
}
