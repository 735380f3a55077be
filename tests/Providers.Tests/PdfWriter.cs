using System.Globalization;
using System.Text;

namespace Rates.Providers.Tests;

/// <summary>
/// Writes PDF documents of one page from lines <c>x y text</c>: points from the left and from the bottom, Helvetica of 9 points.
/// </summary>
internal static class PdfWriter
{
    public static byte[] Write(string text)
    {
        var content = new StringBuilder();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(' ', 3);
            var (x, y) = parts.Length == 3 ? (Described.Number(parts[0]), Described.Number(parts[1])) : throw new FormatException(line);
            var shown = parts[2].Replace("\\", "\\\\", StringComparison.Ordinal).Replace("(", "\\(", StringComparison.Ordinal)
                .Replace(")", "\\)", StringComparison.Ordinal);
            content.Append(CultureInfo.InvariantCulture, $"BT /F1 9 Tf 1 0 0 1 {x} {y} Tm ({shown}) Tj ET\n");
        }

        return Document(content.ToString());
    }

    /// <summary>A document of one page with this content.</summary>
    public static byte[] Document(string content, string kids = "3 0 R", string streamEntries = "", string extra = "")
    {
        var document = new StringBuilder("%PDF-1.4\n");
        List<int> starts = [];
        foreach (var entry in (string[])
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            $"<< /Type /Pages /Kids [{kids}] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >>"
                + $" {extra} >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            $"<< /Length {content.Length} {streamEntries} >>\nstream\n{content}\nendstream",
        ])
        {
            starts.Add(document.Length);
            document.Append(CultureInfo.InvariantCulture, $"{starts.Count} 0 obj\n{entry}\nendobj\n");
        }

        var table = document.Length;
        document.Append(CultureInfo.InvariantCulture, $"xref\n0 {starts.Count + 1}\n0000000000 65535 f \n");
        foreach (var start in starts)
        {
            document.Append(CultureInfo.InvariantCulture, $"{start:0000000000} 00000 n \n");
        }

        document.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {starts.Count + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(document.ToString());
    }
}
