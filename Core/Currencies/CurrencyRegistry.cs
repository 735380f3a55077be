namespace Rates.Core;

/// <summary>
/// Finds any known currency by its code, with its first and last day: ISO 4217, historic ones that archives of rates hold, and codes
/// outside ISO 4217 that publishers use (CNH, the pounds of islands, crypto assets). The data is in <c>Currencies.txt</c>.
/// </summary>
/// <remarks>
/// First and last day are included. The last day lies after the successor's first day where publishers printed both: the currencies
/// of the first twelve euro members end on 28 February 2002, redenominated currencies when their old notes ended. Where a publisher's
/// label means something else than the code's own currency, the provider's settings state it, not this table.
/// </remarks>
public static class CurrencyRegistry
{
    private static readonly CurrencyRecord[] Table = CurrencyListParser.Read(EmbeddedTable.Lines("Currencies.txt"));

    // By number: what is generic over a type of our own is compiled when the program runs.
    private static readonly Dictionary<int, CurrencyRecord> ByIndex = Table.ToDictionary(record => record.Code.Index);

    /// <summary>Every currency, ordered by code.</summary>
    public static IReadOnlyList<CurrencyRecord> All => Table;

    /// <summary>The record of <paramref name="code"/>; null when the code is not in the registry.</summary>
    public static CurrencyRecord? Find(Currency code) => ByIndex.GetValueOrDefault(code.Index);

    /// <summary>Whether the code is in the registry and could be quoted on <paramref name="day"/>; first and last day included.</summary>
    public static bool ExistedOn(Currency code, DateOnly day) => Find(code)?.ExistedOn(day) ?? false;

    /// <summary>
    /// The days on which <paramref name="code"/> took over from an older currency or gave way to a newer one at a fixed rate, each with
    /// how many old units became one new unit; what it took over from comes first. Empty where there is none, or where the day is not
    /// known.
    /// </summary>
    public static IEnumerable<(DateOnly Day, decimal Units)> Redenominations(Currency code) =>
        from old in Successions.Predecessors[code].Append(Find(code)).OfType<CurrencyRecord>()
        let day = old.Successor.IsNone ? null : ByIndex[old.Successor.Index].Born
        where day is not null && old.UnitsPerSuccessor is not null
        select (day.GetValueOrDefault(), old.UnitsPerSuccessor.GetValueOrDefault());

    // A class of its own, so that only its first use makes the table.
    private static class Successions
    {
        public static readonly ILookup<Currency, CurrencyRecord> Predecessors = Table.ToLookup(record => record.Successor);
    }
}
