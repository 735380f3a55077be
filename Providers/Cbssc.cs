using Rates.Core;

namespace Rates.Providers;

/// <summary>Central Bank of Seychelles: the day's average rates of the rupee.</summary>
/// <remarks>
/// Direction: 1 foreign = x SCR, bought, sold and middle, which is not halfway between the two.
/// Published: in the afternoon, Seychelles time, on working days, for the same day.
/// Units: 1.
/// Quirks: one object, between blank lines and called HTML, with a member for each currency and side; only the newest day.
/// Source: https://www.cbs.sc/ExchangeRates/Overview.html
/// </remarks>
public sealed class Cbssc : RateProvider
{
    private static readonly Currency Scr = Currency.Parse("SCR");

    private static readonly Currency[] Quoted = [Currency.Usd, Currency.Eur, Currency.Parse("GBP")];

    private static readonly (string Ending, RateKind Kind)[] Sides = [("buy", RateKind.Bid), ("mid", RateKind.Mid), ("sell", RateKind.Ask)];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get("Controller/MarketinfoController.jsp?type=car")];

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from day in body.Items("car")
        let asOf = day.Member("currentDate").Day("dd-MMM-yyyy")
        from currency in body.Rows(Quoted, "currency", currency => currency.Code)
        let label = currency.Code.ToLowerInvariant()
        from rate in day.Sides(asOf, new(currency, Scr), Sides.Select(side => (label + side.Ending, side.Kind)))
        select rate;
}
