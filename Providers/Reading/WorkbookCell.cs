using System.Globalization;

namespace Rates.Providers;

/// <summary>A cell of a source's workbook: blank, text, a number, or a day.</summary>
/// <param name="value">What the library read: null, a string, a double, an int, a bool or a date and time.</param>
/// <param name="serials">How the workbook counts the days of numbers that no format marks as days; null when that is not known.</param>
internal readonly struct WorkbookCell(object? value, DaySerials? serials)
{
    /// <summary>
    /// The content as text, trimmed; empty when blank. A number has the digits of the shortest decimal that is the stored number, and no
    /// exponent; a day is written as <c>2026-08-20</c>.
    /// </summary>
    /// <exception cref="FormatException">A number that no decimal holds.</exception>
    public string Text => value switch
    {
        null => "",
        string text => text.Trim(),
        double => Stored.ToString(CultureInfo.InvariantCulture),
        DateTime day => DateOnly.FromDateTime(day).Format(),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>True for an empty cell and for one that holds blanks only.</summary>
    public bool IsBlank => value is null || (value is string text && string.IsNullOrWhiteSpace(text));

    /// <summary>True when the cell holds a number or a day, not text.</summary>
    public bool IsNumeric => value is double or int or DateTime;

    /// <summary>True for words without a digit: a note such as the name of a holiday, never a figure.</summary>
    public bool IsNote => value is string text && text.Any(char.IsLetter) && !text.Any(char.IsDigit);

    /// <summary>A figure, as number or as text of the form <paramref name="form"/>.</summary>
    /// <exception cref="FormatException">Blank, or no number; the message quotes it.</exception>
    public decimal Number(NumberForm form = NumberForm.Point) => NumberOrNull(form) ?? throw new FormatException("the cell is blank");

    /// <summary>A figure, or null when the cell is blank or holds one of the source's markers for "not quoted".</summary>
    /// <exception cref="FormatException">No number, or a number that is formatted as a day; the message quotes it.</exception>
    public decimal? NumberOrNull(NumberForm form = NumberForm.Point, params ReadOnlySpan<string> markers) => value switch
    {
        null => null,
        double or int => Stored,
        string text => RateNumber.ParseOrNull(text, form, markers),
        _ => throw new FormatException($"'{Text}' is no number"),
    };

    /// <summary>The day: of a cell that is formatted as one, or counted by its number; a time of day is cut.</summary>
    /// <exception cref="FormatException">Not a day of the years 1900 to 2200.</exception>
    public DateOnly Day => value switch
    {
        DateTime day when day.Year is >= 1900 and <= 2200 => DateOnly.FromDateTime(day),
        double when serials is { } system => Counted(Stored, system),
        _ => throw new FormatException($"'{Text}' is no day"),
    };

    // A binary number is written with the fewest digits that are read as the same number.
    private decimal Stored => RateNumber.ParseJson(Convert.ToString(value, CultureInfo.InvariantCulture));

    // 1900-02-29, which did not exist, has the number 60 in the system of 1900: nothing before it is read.
    private static DateOnly Counted(decimal number, DaySerials system) => number is > 60 and < 110_000
        ? new DateOnly(1899, 12, 30).AddDays((int)number + (system is DaySerials.From1904 ? 1462 : 0))
        : throw new FormatException($"{number.ToString(CultureInfo.InvariantCulture)} counts no day of our time");
}

/// <summary>The two ways in which workbooks count days.</summary>
internal enum DaySerials
{
    /// <summary>Day 1 is 1900-01-01.</summary>
    From1900,

    /// <summary>Day 0 is 1904-01-01.</summary>
    From1904,
}
