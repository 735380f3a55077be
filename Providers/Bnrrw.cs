using Rates.Core;

namespace Rates.Providers;

/// <summary>National Bank of Rwanda: the reference rates of the franc.</summary>
/// <remarks>
/// Direction: 1 foreign = x RWF, buying, average and selling.
/// Published: in the afternoon, Kigali time, on weekdays, for the same day.
/// Units: 1.
/// Quirks: one currency a request; days come in no order and with a year of two digits; old figures have commas between thousands.
/// Source: https://www.bnr.rw/exchangeRate
/// </remarks>
public sealed class Bnrrw : RateProvider
{
    private static readonly Currency Rwf = Currency.Parse("RWF");

    private static readonly string[] Currencies =
        ["AED", "AUD", "BIF", "CAD", "CHF", "CNY", "EUR", "GBP", "INR", "JPY", "KES", "SAR", "TZS", "UGX", "USD", "ZAR"];

    private static readonly (string, RateKind)[] Figures =
        [("buying_rate", RateKind.Bid), ("average_rate", RateKind.Mid), ("selling_rate", RateKind.Ask)];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        from currency in Currencies
        select Get($"currency_history/?currency_name={currency}&start_date={window.From.Format()}&end_date={window.To.Format()}");

    // No day of the window has figures of that currency.
    protected override bool IsNoData(ProviderBody body) => body.Json().GetArrayLength() == 0;

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Items()
        let pair = new CurrencyPair(row.Member("currency_name").Code(), Rwf)
        from figure in row.Sides(row.Member("post_date").Day("d-MMM-yy"), pair, Figures, form: NumberForm.PointGrouped)
        select figure;
}
