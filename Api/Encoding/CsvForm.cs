namespace Rates.Api;

/// <summary>How a CSV is written: for programs unless asked otherwise, else for the spreadsheets of some country.</summary>
/// <param name="HasSemicolons">True for semicolons between cells instead of commas.</param>
/// <param name="HasDecimalCommas">True for a comma instead of a point in numbers.</param>
/// <param name="HasMark">True for a byte order mark at the start, by which some spreadsheets know UTF-8.</param>
internal readonly record struct CsvForm(bool HasSemicolons, bool HasDecimalCommas, bool HasMark)
{
    /// <summary>The byte order mark of UTF-8.</summary>
    public static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>What stands between cells.</summary>
    public char Separator => HasSemicolons ? ';' : ',';

    /// <summary>A number as a cell; quoted where its comma would part it.</summary>
    public string Number(string text) => !HasDecimalCommas || !text.Contains('.', StringComparison.Ordinal) ? text
        : HasSemicolons ? text.Replace('.', ',')
        : $"\"{text.Replace('.', ',')}\"";
}
