using System.Globalization;

namespace Rates.Core;

/// <summary>
/// Parses <c>Currencies.txt</c>, the embedded list of all known currencies, into records; the columns are described in that file.
/// </summary>
internal static class CurrencyListParser
{
    /// <summary>The currencies, ordered by code.</summary>
    /// <exception cref="FormatException">A line has fewer than eight columns, or one that cannot be read.</exception>
    /// <exception cref="InvalidOperationException">A code occurs twice, or a successor is not in the table.</exception>
    public static CurrencyRecord[] Read(IEnumerable<string> lines)
    {
        CurrencyRecord[] table = [.. lines.Select(Record).OrderBy(record => record.Code.Index)];

        // By number: what is generic over a type of our own is compiled when the program runs.
        var codes = new HashSet<int>();
        foreach (var record in table)
        {
            if (!codes.Add(record.Code.Index))
            {
                throw new InvalidOperationException($"Currencies.txt: {record.Code} occurs twice");
            }
        }

        return Array.Find(table, record => !record.Successor.IsNone && !codes.Contains(record.Successor.Index)) is { } lost
            ? throw new InvalidOperationException($"Currencies.txt: the successor of {lost.Code}, {lost.Successor}, is not in the table")
            : table;
    }

    private static CurrencyRecord Record(string line)
    {
        var columns = line.Split(' ', 8, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (columns is not [var code, var kind, var numeric, var minor, var born, var retired, var successor, var name])
        {
            throw new FormatException($"Currencies.txt: '{line}' has not eight columns");
        }

        var (next, units) = successor.Split('/') is [var left, var right] ? (left, right) : (successor, null);
        return new(
            Currency.Parse(code), numeric is "---" or "non" ? "" : numeric, name, int.Parse(minor, CultureInfo.InvariantCulture),
            Day(born), Day(retired), next is "-" ? default : Currency.Parse(next))
        {
            Kind = Kind(kind),
            IsIso = numeric is not "non",
            UnitsPerSuccessor = units is null ? null : decimal.Parse(units, CultureInfo.InvariantCulture),
        };
    }

    private static CurrencyKind Kind(string text) => text switch
    {
        "currency" => CurrencyKind.Currency,
        "metal" => CurrencyKind.Metal,
        "unit" => CurrencyKind.Unit,
        "crypto" => CurrencyKind.Crypto,
        _ => throw new FormatException($"Currencies.txt: '{text}' is no kind of currency"),
    };

    private static DateOnly? Day(string text) => text is "-" ? null : IsoText.ParseDay(text);
}
