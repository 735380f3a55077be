using System.Text;

namespace Rates.Api;

/// <summary>Writes cells and reads lines of comma-separated values (RFC 4180).</summary>
internal static class CsvText
{
    private const string FormulaStarts = "=+-@\t\r";

    /// <summary>
    /// A text as a CSV cell, quoted where needed. An apostrophe is put before a text that a spreadsheet would run as a formula.
    /// </summary>
    /// <param name="text">The text; null and empty stay as they are.</param>
    /// <param name="separator">What stands between cells.</param>
    public static string? Quote(string? text, char separator = ',')
    {
        if (string.IsNullOrEmpty(text))
        {
            return text;
        }

        var safe = FormulaStarts.Contains(text[0], StringComparison.Ordinal) ? $"'{text}" : text;
        var isPlain = !safe.Contains(separator, StringComparison.Ordinal) && !safe.AsSpan().ContainsAny('"', '\r', '\n');
        return isPlain ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>
    /// What stands between the cells of a text: a semicolon where one is the first of both in its first line, else a comma.
    /// </summary>
    public static char SeparatorOf(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny('\r', '\n');
        var header = end < 0 ? text : text[..end];
        var first = header.IndexOfAny(',', ';');
        return first < 0 ? ',' : header[first];
    }

    /// <summary>
    /// The cells of each line of a CSV text. Lines end with CRLF, LF or, as some old spreadsheets write, CR alone. Quoted cells may hold
    /// separators and line ends; empty lines are left out.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="separator">What stands between cells.</param>
    /// <exception cref="FormatException">A quotation mark is not closed.</exception>
    public static IEnumerable<string[]> Read(string text, char separator = ',')
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (quoted)
            {
                if (letter != '"')
                {
                    cell.Append(letter);
                }
                else if (at + 1 < text.Length && text[at + 1] == '"')
                {
                    cell.Append(text[++at]);
                }
                else
                {
                    quoted = false;
                }
            }
            else if (letter == '"' && cell.Length == 0)
            {
                quoted = true;
            }
            else if (letter == separator || letter is '\r' or '\n')
            {
                cells.Add(Take(cell));
                if (letter != separator && TakeLine(cells) is { } line)
                {
                    yield return line;
                }
            }
            else
            {
                cell.Append(letter);
            }
        }

        if (quoted)
        {
            throw new FormatException("a quotation mark is not closed");
        }

        cells.Add(Take(cell));
        if (TakeLine(cells) is { } last)
        {
            yield return last;
        }
    }

    private static string Take(StringBuilder cell)
    {
        var text = cell.ToString().Trim();
        cell.Clear();
        return text;
    }

    private static string[]? TakeLine(List<string> cells)
    {
        string[]? line = cells is [""] ? null : [.. cells];
        cells.Clear();
        return line;
    }
}
