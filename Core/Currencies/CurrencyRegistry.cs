using System.Collections.Frozen;
using System.Globalization;

namespace Rates.Core;

/// <summary>
/// Which currencies there are and were, with their lives: ISO 4217, the historic ones that archives of rates hold, and the
/// codes that publishers print beside it (CNH, the islands' pounds, coins). The data is <c>Currencies.txt</c>.
/// </summary>
/// <remarks>
/// A life is inclusive at both ends and runs a little past the successor's start where publishers printed both: every euro
/// predecessor of the first twelve until 28 February 2002, redenominated currencies until their old notes ended. What a publisher's
/// label means where it is not the code's own currency is data of the provider, not of this table.
/// </remarks>
public static class CurrencyRegistry
{
    private static readonly CurrencyRecord[] Table = [.. EmbeddedTable.Lines("Currencies.txt").Select(Read).OrderBy(record => record.Code)];

    private static readonly FrozenDictionary<Currency, CurrencyRecord> ByCode = Index(Table);

    /// <summary>Every currency, by code.</summary>
    public static IReadOnlyList<CurrencyRecord> All => Table;

    /// <summary>The record of <paramref name="code"/>; null when no such currency is known.</summary>
    public static CurrencyRecord? Find(Currency code) => ByCode.GetValueOrDefault(code);

    /// <summary>Whether the currency is known and lived on <paramref name="day"/>, its first and last day included.</summary>
    public static bool ExistedOn(Currency code, DateOnly day) => Find(code)?.ExistedOn(day) ?? false;

    /// <exception cref="FormatException">The line does not read; the message quotes it.</exception>
    private static CurrencyRecord Read(string line)
    {
        if (line.Split(' ', 7, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is not [var code, var numeric, var minor, var born, var retired, var successor, var name])
        {
            throw new FormatException($"'{line}' is not a line of seven columns");
        }

        var (next, units) = successor.Split('/') is [var left, var right] ? (left, right) : (successor, null);
        return new(
            Currency.Parse(code), numeric is "---" or "non" ? "" : numeric, name, int.Parse(minor, CultureInfo.InvariantCulture),
            Day(born), Day(retired), next is "-" ? default : Currency.Parse(next))
        {
            IsIso = numeric is not "non",
            UnitsPerSuccessor = units is null ? null : decimal.Parse(units, CultureInfo.InvariantCulture),
        };
    }

    private static DateOnly? Day(string text) => text is "-" ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <exception cref="InvalidOperationException">A code stands twice, or a successor is not in the table.</exception>
    private static FrozenDictionary<Currency, CurrencyRecord> Index(CurrencyRecord[] table)
    {
        var index = new Dictionary<Currency, CurrencyRecord>();
        foreach (var record in table)
        {
            if (!index.TryAdd(record.Code, record))
            {
                throw new InvalidOperationException($"{record.Code} stands twice among the currencies");
            }
        }

        return Array.Find(table, record => !record.Successor.IsNone && !index.ContainsKey(record.Successor)) is { } lost
            ? throw new InvalidOperationException($"{lost.Code} is followed by {lost.Successor}, which is not among the currencies")
            : index.ToFrozenDictionary();
    }
}
