using Rates.Core;

namespace Rates.Providers;

/// <summary>Nepal Rastra Bank: buying and selling rates of the Nepalese rupee.</summary>
/// <remarks>
/// Direction: <c>unit</c> foreign = x NPR.
/// Published: at midnight, Kathmandu time, every day, for the day that begins.
/// Units: the <c>unit</c> of the currency, 1, 10 or 100.
/// Quirks: pages of at most 100 days; <c>null</c> is a side that is not quoted.
/// Source: https://www.nrb.org.np/api-docs-v1/
/// </remarks>
public sealed class Nrb : RateProvider
{
    private static readonly (string Member, RateKind Kind)[] Sides = [("buy", RateKind.Bid), ("sell", RateKind.Ask)];

    private static readonly Currency Npr = Currency.Parse("NPR");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Page(window, 1)];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window)
    {
        var pagination = answer.Json().Member("pagination");
        var page = pagination.Member("page").Number();
        return page < pagination.Member("pages").Number() ? [Page(window, (int)page + 1)] : [];
    }

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from day in body.Items("data", "payload")
        let asOf = day.Member("date").Day()
        from row in body.Items(day, "rates")
        let currency = row.Member("currency")
        let pair = new CurrencyPair(currency.Member("iso3").Code(), Npr)
        let units = currency.Member("unit").Number()
        from side in Sides
        let rate = row.Member(side.Member).NumberOrNull()
        where rate is not (null or 0)
        select new Observation(asOf, pair, rate.Value / units, side.Kind);

    private static ProviderRequest Page(FetchWindow window, int page) =>
        Get($"rates?from={window.From.Format()}&to={window.To.Format()}&per_page=100&page={page}");
}
