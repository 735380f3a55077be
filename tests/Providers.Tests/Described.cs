using System.Globalization;

namespace Rates.Providers.Tests;

/// <summary>
/// Documents of ours in binary formats: the file beside the tests describes one in plain text, and the bytes are made of it. So a
/// change of one can be read, and a test can damage what it says and not only its bytes.
/// </summary>
/// <remarks>
/// <c>name.xlsx.txt</c> and <c>name.xls.txt</c>: see <see cref="WorkbookText"/>. <c>name.pdf.txt</c>: see <see cref="PdfWriter"/>.
/// </remarks>
internal static class Described
{
    /// <summary>True for the name of a file that describes a document.</summary>
    public static bool Is(string file) => Path.GetExtension(file) == ".txt" && Path.GetExtension(Path.GetFileNameWithoutExtension(file))
        is ".xlsx" or ".xls" or ".pdf";

    /// <summary>The document as its publisher would send it.</summary>
    /// <param name="file">The name of the file: its second ending is the format.</param>
    /// <param name="text">What it describes.</param>
    /// <exception cref="FormatException">The text describes no document.</exception>
    public static byte[] Build(string file, string text) => Path.GetExtension(Path.GetFileNameWithoutExtension(file)) switch
    {
        ".xlsx" => XlsxWriter.Write(WorkbookText.Read(text)),
        ".xls" => XlsWriter.Write(WorkbookText.Read(text)),
        _ => PdfWriter.Write(text),
    };

    /// <summary>A number as documents have it.</summary>
    public static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
