using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace Rates.Providers;

/// <summary>
/// Reads the text of PDF documents of untrusted origin as lines of words with their places: what was cut is refused, and so is what would
/// take long. Pictures and forms are not read.
/// </summary>
internal static class PdfText
{
    private const int MaxBytes = 4 << 20;
    private const int MaxPages = 20;
    private const int MaxLetters = 100_000;
    private const int MaxDepth = 64;

    /// <summary>Words whose base lines differ by no more than this, in points, stand in one line.</summary>
    private const decimal SameLine = 2.5m;

    /// <summary>The lines of all pages, from the top down; the words of each from the left.</summary>
    /// <exception cref="FormatException">No PDF document, a damaged one, or one that is too large.</exception>
    public static IReadOnlyList<PdfLine> Lines(ProviderBody body)
    {
        var bytes = body.Bytes;
        if (!bytes.Span.StartsWith("%PDF-"u8) || bytes.Length > MaxBytes)
        {
            throw new FormatException($"the answer is no PDF document, or it is larger than {MaxBytes >> 20} MiB");
        }

        if (!bytes.Span.TrimEnd("\r\n\0 "u8).EndsWith("%%EOF"u8))
        {
            throw new FormatException("the document does not end with %%EOF: it was cut");
        }

        try
        {
            return Read(bytes);
        }
        catch (Exception problem) when (problem is not (FormatException or OutOfMemoryException))
        {
            // The library is made for documents of good will: what it throws at others is of every kind.
            throw new FormatException($"the document cannot be read: {problem.Message}", problem);
        }
    }

    /// <summary>The columns under these headings, and the lines below them.</summary>
    /// <param name="lines">The lines of the document.</param>
    /// <param name="headings">The headings, from the left; the first line that has them all is taken.</param>
    /// <exception cref="FormatException">No line has them.</exception>
    public static (PdfColumns Columns, IEnumerable<PdfLine> Lines) Table(IReadOnlyList<PdfLine> lines, params string[] headings)
    {
        for (var at = 0; at < lines.Count; at++)
        {
            if (lines[at].Columns(headings) is { } columns)
            {
                return (columns, lines.Skip(at + 1));
            }
        }

        throw new FormatException($"the document has no headings '{string.Join("', '", headings)}'");
    }

    private static List<PdfLine> Read(ReadOnlyMemory<byte> bytes)
    {
        using var document = PdfDocument.Open(bytes, new ParsingOptions
        {
            UseLenientParsing = false,
            SkipMissingFonts = true,
            MaxStackDepth = MaxDepth,
            FilterProvider = new PdfFilters(),
        });
        if (document.IsEncrypted || document.NumberOfPages is < 1 or > MaxPages)
        {
            throw new FormatException($"the document is encrypted, or has {document.NumberOfPages} pages, not 1 to {MaxPages}");
        }

        var (lines, letters) = (new List<PdfLine>(), 0);
        foreach (var page in document.GetPages())
        {
            letters += page.Letters.Count;
            if (letters > MaxLetters)
            {
                throw new FormatException($"the document has more than {MaxLetters} letters");
            }

            lines.AddRange(Lines(page));
        }

        return lines;
    }

    private static List<PdfLine> Lines(Page page)
    {
        List<(decimal Y, List<PdfWord> Words)> lines = [];
        foreach (var word in page.GetWords().OrderByDescending(word => (decimal)word.Letters[0].StartBaseLine.Y))
        {
            var (start, end) = (word.Letters[0].StartBaseLine, word.Letters[^1].EndBaseLine);
            if (lines.Count == 0 || lines[^1].Y - (decimal)start.Y > SameLine)
            {
                lines.Add(((decimal)start.Y, []));
            }

            lines[^1].Words.Add(new((decimal)start.X, (decimal)end.X, word.Text));
        }

        return [.. lines.Select(line => new PdfLine(page.Number, line.Y, [.. line.Words.OrderBy(word => word.Left)]))];
    }
}
