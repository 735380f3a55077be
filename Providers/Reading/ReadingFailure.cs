using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using CsvHelper;

namespace Rates.Providers;

/// <summary>
/// Tells whether an exception means that a source's answer, or a row of it, is not of the expected form, and not a fault of the program.
/// </summary>
internal static class ReadingFailure
{
    /// <summary>
    /// True when a pattern reached its limit of time: the source sent what takes long, or this machine was held up meanwhile.
    /// </summary>
    public static bool IsTimeLimit(Exception? problem) =>
        problem is RegexMatchTimeoutException || (problem is not null && IsTimeLimit(problem.InnerException));

    /// <summary>True when <paramref name="problem"/> is about what the source sent; false for a fault of the program.</summary>
    public static bool Is(Exception problem) => problem
        is FormatException or JsonException or XmlException or CsvFormatException or InvalidDataException
        or InvalidOperationException or KeyNotFoundException or OverflowException or DivideByZeroException
        or ArgumentException or IndexOutOfRangeException or RegexMatchTimeoutException;
}
