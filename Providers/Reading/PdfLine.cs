namespace Rates.Providers;

/// <summary>A word of a PDF document.</summary>
/// <param name="Left">Where it begins, in points from the left.</param>
/// <param name="Right">Where it ends.</param>
/// <param name="Text">Its letters.</param>
internal readonly record struct PdfWord(decimal Left, decimal Right, string Text);

/// <summary>A line of a PDF document.</summary>
/// <param name="Page">Its page, from 1.</param>
/// <param name="Y">Its base line, in points from the bottom of the page.</param>
/// <param name="Words">Its words, from the left.</param>
internal sealed record PdfLine(int Page, decimal Y, IReadOnlyList<PdfWord> Words)
{
    /// <summary>The words with one blank between them.</summary>
    public string Text => string.Join(' ', Words.Select(word => word.Text));

    /// <summary>The columns under these headings, which stand in this line from the left; null when they do not.</summary>
    public PdfColumns? Columns(params string[] headings)
    {
        List<decimal> centres = [];
        var at = 0;
        foreach (var heading in headings)
        {
            var words = heading.Split(' ');
            while (at + words.Length <= Words.Count && !words.SequenceEqual(Words.Skip(at).Take(words.Length).Select(word => word.Text)))
            {
                at++;
            }

            if (at + words.Length > Words.Count)
            {
                return null;
            }

            centres.Add((Words[at].Left + Words[at + words.Length - 1].Right) / 2);
            at += words.Length;
        }

        return new PdfColumns(centres);
    }
}

/// <summary>Columns of a PDF document, found by the places of their headings.</summary>
/// <param name="centres">The middle of each heading, in points from the left.</param>
internal sealed class PdfColumns(IReadOnlyList<decimal> centres)
{
    /// <summary>The words of a line left of all columns, and the word under each heading.</summary>
    /// <exception cref="FormatException">A column has no word, or several.</exception>
    public (string Label, string[] Cells) Of(PdfLine line)
    {
        var cells = new string?[centres.Count];
        List<string> label = [];
        foreach (var word in line.Words)
        {
            var middle = (word.Left + word.Right) / 2;
            var column = Enumerable.Range(0, centres.Count).MinBy(at => Math.Abs(centres[at] - middle));
            if (Math.Abs(centres[column] - middle) < Reach(column))
            {
                cells[column] = cells[column] is null ? word.Text : throw new FormatException($"two words in one column: '{line.Text}'");
            }
            else
            {
                label.Add(middle < centres[0]
                    ? word.Text
                    : throw new FormatException($"'{word.Text}' stands between the columns: '{line.Text}'"));
            }
        }

        return (string.Join(' ', label), Array.TrueForAll(cells, cell => cell is not null)
            ? [.. cells.OfType<string>()]
            : throw new FormatException($"a column has no word: '{line.Text}'"));
    }

    // A third of the way to the nearest heading.
    private decimal Reach(int column) => centres.Where((_, at) => at != column).Select(centre => Math.Abs(centre - centres[column]))
        .DefaultIfEmpty(90).Min() / 3;
}
