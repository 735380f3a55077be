using Rates.Core;

namespace Rates.Providers;

/// <summary>Reserve Bank of Malawi: buying, middle and selling rates of the kwacha.</summary>
/// <remarks>
/// Direction: 1 foreign = x MWK.
/// Published: in the morning, Blantyre time, on working days, for the same day.
/// Units: 1.
/// Quirks: a fragment of a page that ends in a script; a day has some of the currencies twice under another label (see the block).
/// Source: https://www.rbm.mw/Statistics/ExchangeRates
/// </remarks>
public sealed class Rbm : RateProvider
{
    private static readonly Currency Mwk = Currency.Parse("MWK");

    private static readonly CodeTable Codes = new() { ["SDR"] = "XDR" };

    private static readonly (string, RateKind)[] Columns =
        [("Buying", RateKind.Bid), ("Middle", RateKind.Mid), ("Selling", RateKind.Ask)];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
    [
        Post(
            "Statistics/ExchangeRatesFilter/",
            $"RateTypes=&StartDate={Asked(window.From)}&EndDate={Asked(window.To)}",
            "application/x-www-form-urlencoded"),
    ];

    protected override bool IsNoData(ProviderBody body) => Table(body).Rows.Count == 0;

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Rows(Table(body))
        let pair = new CurrencyPair(Codes.FindOrParse(row["Currency"]), Mwk)
        from side in row.Sides(DayParser.Parse(row["Date"], "MMM d yyyy"), pair, Columns, form: NumberForm.PointGrouped)
        select side;

    private static HtmlTable Table(ProviderBody body) =>
        body.Page("</script>").Table("Currency", "Buying", "Middle", "Selling", "Date");

    private static string Asked(DateOnly day) => Uri.EscapeDataString(day.Format("MM/dd/yyyy"));
}
