using System.Collections.Frozen;
using System.Globalization;

namespace Rates.Core;

/// <summary>
/// Which currencies there are and were, with their lives: ISO 4217, the historic ones that archives of rates hold, and the
/// codes that publishers print beside it (CNH, the islands' pounds, coins). The data is <c>Currencies.txt</c>.
/// </summary>
/// <remarks>
/// A life is inclusive at both ends and runs a little past the successor's start where publishers printed both: every euro
/// predecessor of the first twelve until 28 February 2002, redenominated currencies until their old notes ended.
/// </remarks>
public static class CurrencyRegistry
{
    /// <summary>What publishers write instead of the code.</summary>
    private static readonly FrozenDictionary<string, string> Aliases = new Dictionary<string, string>
    {
        ["ECU"] = "XEU", ["SDR"] = "XDR", ["DTS"] = "XDR", ["DEG"] = "XDR", ["GHP"] = "GHS", ["NIS"] = "ILS", ["RMB"] = "CNY",
        ["STG"] = "GBP", ["YEN"] = "JPY",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly CurrencyRecord[] Table = [.. EmbeddedTable.Lines("Currencies.txt").Select(Read).OrderBy(record => record.Code)];

    private static readonly FrozenDictionary<Currency, CurrencyRecord> ByCode = Index(Table);

    private static readonly ILookup<Currency, CurrencyRecord> Predecessors =
        Table.Where(record => !record.Successor.IsNone).ToLookup(record => record.Successor);

    /// <summary>Every currency, by code.</summary>
    public static IReadOnlyList<CurrencyRecord> All => Table;

    /// <summary>The record of <paramref name="code"/>; null when no such currency is known.</summary>
    public static CurrencyRecord? Find(Currency code) => ByCode.GetValueOrDefault(code);

    /// <summary>Whether the currency is known and lived on <paramref name="day"/>, its first and last day included.</summary>
    public static bool ExistedOn(Currency code, DateOnly day) => Find(code)?.ExistedOn(day) ?? false;

    /// <summary>
    /// The currency that a publisher's label meant on <paramref name="asOf"/>; false, and no currency, for a label that names none.
    /// </summary>
    /// <remarks>
    /// Either case, blanks around it, and the usual aliases (ECU, SDR, ...) are read. A code used before its birth means what
    /// stood in its place that day: TRY in 2003 is TRL. A code used after its end means the successor only where publishers
    /// are known to carry the code over (RUR is RUB, ECU is EUR); otherwise it stays what it was, because a feed that still
    /// prints ZMK prints old kwacha: the ingest rules then refuse it as retired.
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

    /// <summary>The record or what stood in its place before it was born; null when it is born or nothing is known before it.</summary>
    private static CurrencyRecord? Before(CurrencyRecord record, DateOnly day)
    {
        if (!(day < record.Born))
        {
            return null;
        }

        // Many currencies became the euro; the one it took over unit for unit is the ECU.
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

    /// <exception cref="FormatException">The line does not read; the message quotes it.</exception>
    private static CurrencyRecord Read(string line)
    {
        if (line.Split(' ', 7, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is not [var code, var numeric, var minor, var born, var retired, var successor, var name])
        {
            throw new FormatException($"'{line}' is not a line of seven columns");
        }

        return new(
            Currency.Parse(code), numeric is "---" or "non" ? "" : numeric, name, int.Parse(minor, CultureInfo.InvariantCulture),
            Day(born), Day(retired), successor is "-" ? default : Currency.Parse(successor.TrimStart('=')))
        {
            IsIso = numeric is not "non",
            CarriesOver = successor.StartsWith('='),
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
