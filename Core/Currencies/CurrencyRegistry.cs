using System.Collections.Frozen;
using System.Globalization;

namespace Rates.Core;

/// <summary>
/// All currencies with their first and last day: ISO 4217, historic ones that archives of rates hold, and codes outside ISO 4217
/// that publishers use (CNH, the pounds of islands, crypto assets). The data is in <c>Currencies.txt</c>.
/// </summary>
/// <remarks>
/// First and last day are included. The last day lies after the successor's first day where publishers printed both: the currencies
/// of the first twelve euro members end on 28 February 2002, redenominated currencies when their old notes ended.
/// </remarks>
public static class CurrencyRegistry
{
    /// <summary>Labels that publishers use instead of the code.</summary>
    private static readonly FrozenDictionary<string, string> Aliases = new Dictionary<string, string>
    {
        ["ECU"] = "XEU", ["SDR"] = "XDR", ["DTS"] = "XDR", ["DEG"] = "XDR", ["GHP"] = "GHS", ["NIS"] = "ILS", ["RMB"] = "CNY",
        ["STG"] = "GBP", ["YEN"] = "JPY",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly CurrencyRecord[] Table = [.. EmbeddedTable.Lines("Currencies.txt").Select(Read).OrderBy(record => record.Code)];

    private static readonly FrozenDictionary<Currency, CurrencyRecord> ByCode = Index(Table);

    private static readonly ILookup<Currency, CurrencyRecord> Predecessors =
        Table.Where(record => !record.Successor.IsNone).ToLookup(record => record.Successor);

    /// <summary>Every currency, ordered by code.</summary>
    public static IReadOnlyList<CurrencyRecord> All => Table;

    /// <summary>The record of <paramref name="code"/>; null when the code is not in the registry.</summary>
    public static CurrencyRecord? Find(Currency code) => ByCode.GetValueOrDefault(code);

    /// <summary>Whether the code is in the registry and could be quoted on <paramref name="day"/>; first and last day included.</summary>
    public static bool ExistedOn(Currency code, DateOnly day) => Find(code)?.ExistedOn(day) ?? false;

    /// <summary>
    /// The currency that a publisher's label meant on <paramref name="asOf"/>; false, and the default value, when the label is unknown.
    /// </summary>
    /// <remarks>
    /// Either case, blanks around the label and the usual aliases (ECU, SDR, ...) are accepted. A code used before its first day means
    /// its predecessor of that day: TRY in 2003 is TRL. A code used after its last day means the successor only where publishers are
    /// known to go on using the old code (RUR is RUB, ECU is EUR). Otherwise the code is returned as it is, because a source that
    /// still prints ZMK prints old kwacha; the ingest rules then refuse it as retired.
    /// </remarks>
    public static bool TryResolve(string label, DateOnly asOf, out Currency currency)
    {
        var text = label.AsSpan().Trim();
        if (!Currency.TryParse(Aliases.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var code) ? code : text, out currency)
            || Find(currency) is not { } record)
        {
            currency = default;
            return false;
        }

        currency = (Before(record, asOf) ?? After(record, asOf)).Code;
        return true;
    }

    /// <summary>The predecessor of that day; null when the record was already in use or has no known predecessor.</summary>
    private static CurrencyRecord? Before(CurrencyRecord record, DateOnly day)
    {
        if (!(day < record.Born))
        {
            return null;
        }

        // The euro has many predecessors; the ECU is the one with the same unit.
        var earlier = Predecessors[record.Code].ToArray();
        return (earlier.Length == 1 ? earlier[0] : earlier.FirstOrDefault(each => each.CarriesOver)) switch
        {
            null => null,
            { } one when one.ExistedOn(day) => one,
            { } one => Before(one, day),
        };
    }

    private static CurrencyRecord After(CurrencyRecord record, DateOnly day)
    {
        while (day > record.Retired && record.CarriesOver)
        {
            record = ByCode[record.Successor];
        }

        return record;
    }

    /// <exception cref="FormatException">The line has not seven columns, or one of them cannot be read.</exception>
    private static CurrencyRecord Read(string line)
    {
        var columns = line.Split(' ', 7, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (columns is not [var code, var numeric, var minor, var born, var retired, var successor, var name])
        {
            throw new FormatException($"Currencies.txt: '{line}' has not seven columns");
        }

        return new(
            Currency.Parse(code), numeric is "---" or "non" ? "" : numeric, name, int.Parse(minor, CultureInfo.InvariantCulture),
            Day(born), Day(retired), successor is "-" ? default : Currency.Parse(successor.TrimStart('=')))
        {
            IsIso = numeric is not "non",
            CarriesOver = successor.StartsWith('='),
        };
    }

    private static DateOnly? Day(string text) => text is "-" ? null : IsoText.ParseDay(text);

    /// <exception cref="InvalidOperationException">A code occurs twice, or a successor is not in the table.</exception>
    private static FrozenDictionary<Currency, CurrencyRecord> Index(CurrencyRecord[] table)
    {
        var index = new Dictionary<Currency, CurrencyRecord>();
        foreach (var record in table)
        {
            if (!index.TryAdd(record.Code, record))
            {
                throw new InvalidOperationException($"Currencies.txt: {record.Code} occurs twice");
            }
        }

        return Array.Find(table, record => !record.Successor.IsNone && !index.ContainsKey(record.Successor)) is { } lost
            ? throw new InvalidOperationException($"Currencies.txt: the successor of {lost.Code}, {lost.Successor}, is not in the table")
            : index.ToFrozenDictionary();
    }
}
