using Rates.Core;

namespace Rates.Providers;

/// <summary>Central Bank of Kenya: the indicative mean rates of the shilling.</summary>
/// <remarks>
/// Direction: 1 foreign = x KES; the neighbours' currencies the other way round, <c>KES / USHS</c>: 1 KES = x UGX.
/// Published: before noon, Nairobi time, on weekdays, for the same day.
/// Units: behind the name, <c>JPY (100)</c>; else 1.
/// Quirks: currencies by names that vary over the years; two tables, 32 up to January 2024 and 193 since, each the whole archive, which
/// call themselves HTML.
/// Source: https://www.centralbank.go.ke/forex/
/// </remarks>
public sealed class Cbk : RateProvider
{
    private static readonly Currency Kes = Currency.Parse("KES");

    private static readonly DateOnly FirstOfNewTable = new(2024, 1, 5);

    private static readonly CodeTable Names = new()
    {
        ["AE DIRHAM"] = "AED",
        ["UAE DIRHAM"] = "AED",
        ["AUSTRALIAN $"] = "AUD",
        ["AUSTRALIAN DOLLAR"] = "AUD",
        ["BIF"] = "BIF",
        ["CAN $"] = "CAD",
        ["CAN DOLLAR"] = "CAD",
        ["CHINESE YUAN"] = "CNY",
        ["DAN KRONER"] = "DKK",
        ["EURO"] = "EUR",
        ["HONGKONG DOLLAR"] = "HKD",
        ["IND RUPEE"] = "INR",
        ["INDIAN RUPEE"] = "INR",
        ["JAPANESE YEN"] = "JPY",
        ["JPY"] = "JPY",
        ["NOR KRONER"] = "NOK",
        ["NORWEGIAN KRONE"] = "NOK",
        ["RWF"] = "RWF",
        ["S FRANC"] = "CHF",
        ["SWISS FRANC"] = "CHF",
        ["SA RAND"] = "ZAR",
        ["S. AFRICAN RAND"] = "ZAR",
        ["SAUDI RIYAL"] = "SAR",
        ["SINGAPORE DOLLAR"] = "SGD",
        ["STG POUND"] = "GBP",
        ["SW KRONER"] = "SEK",
        ["SWEDISH KRONA"] = "SEK",
        ["TSHS"] = "TZS",
        ["US DOLLAR"] = "USD",
        ["USHS"] = "UGX",
    };

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.From < FirstOfNewTable ? [Table(32), Table(193)] : [Table(193)];

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Items("data")
        let cells = row.Items().Select(cell => cell.Text().Trim()).ToArray()
        let rate = cells.Length >= 3
            ? RateNumber.ParseOrNull(cells[2])
            : throw new FormatException($"{cells.Length} columns, not three")
        where rate is not (null or 0)
        let label = Label(cells[1])
        select new Observation(DayParser.Parse(cells[0], "dd/MM/yyyy"), label.Pair, rate.Value / label.Units, RateKind.Reference);

    private static ProviderRequest Table(int id) =>
        Post($"admin-ajax.php?action=get_wdtable&table_id={id}", "draw=1&start=0&length=-1", "application/x-www-form-urlencoded");

    private static (CurrencyPair Pair, decimal Units) Label(string label)
    {
        var units = label is [.., ')'] ? label.LastIndexOf('(') : -1;
        var name = units < 0 ? label : label[..units].Trim();
        return name.Split('/', StringSplitOptions.TrimEntries) switch
        {
            ["KES" or "KEN SHILLING", var neighbour] => (new(Kes, Names.Find(neighbour)), 1),
            [var foreign] => (new(Names.Find(foreign), Kes), units < 0 ? 1 : RateNumber.Parse(label.AsSpan()[(units + 1)..^1])),
            _ => throw new FormatException($"'{label}' names no pair with the shilling"),
        };
    }
}
