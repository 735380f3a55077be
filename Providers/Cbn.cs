using Rates.Core;

namespace Rates.Providers;

/// <summary>Central Bank of Nigeria: the official rates of the naira.</summary>
/// <remarks>
/// Direction: 1 foreign = x NGN, buying, central and selling.
/// Published: in the afternoon, Lagos time, on weekdays, for the same day.
/// Units: 1.
/// Quirks: the whole archive in one answer; currencies by names with several spellings; CFA is the franc of West Africa; WAUA, the unit
/// of account of ECOWAS, has no code.
/// Source: https://www.cbn.gov.ng/rates/exchratebycurrency.asp
/// </remarks>
public sealed class Cbn : RateProvider
{
    private static readonly Currency Ngn = Currency.Parse("NGN");

    private static readonly CodeTable Names = new()
    {
        ["CFA"] = "XOF",
        ["DANISH KRONA"] = "DKK",
        ["DANISH KRONE"] = "DKK",
        ["DANISH KRONER"] = "DKK",
        ["EURO"] = "EUR",
        ["JAPANESE YEN"] = "JPY",
        ["YEN"] = "JPY",
        ["POUND STERLING"] = "GBP",
        ["POUNDS STERLING"] = "GBP",
        ["RIYAL"] = "SAR",
        ["SDR"] = "XDR",
        ["SOUTH AFRICAN RAND"] = "ZAR",
        ["SWISS FRANC"] = "CHF",
        ["UAE DIRHAM"] = "AED",
        ["US DOLLAR"] = "USD",
        ["YUAN/RENMINBI"] = "CNY",
    };

    private static readonly (string, RateKind)[] Figures =
        [("buyingrate", RateKind.Bid), ("centralrate", RateKind.Mid), ("sellingrate", RateKind.Ask)];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get("GetAllExchangeRates")];

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Items()
        let name = row.Member("currency").Text().Trim()
        where name != "WAUA"
        let currency = Names.Find(name)
        from figure in row.Sides(row.Member("ratedate").Day(), new(currency, Ngn), Figures, form: NumberForm.PointGrouped)
        select figure;
}
