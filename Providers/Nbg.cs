using Rates.Core;

namespace Rates.Providers;

/// <summary>National Bank of Georgia: the official rates of the lari.</summary>
/// <remarks>
/// Direction: <c>quantity</c> foreign = x GEL.
/// Published: about 17:00 Tbilisi time on banking days, for the day after.
/// Units: the <c>quantity</c>, 1 to 10000.
/// Quirks: an array of one list, dated by the day it applies from; a day without a list is answered by the list before it.
/// Source: https://nbg.gov.ge/en/monetary-policy/currency
/// </remarks>
public sealed class Nbg : RateProvider
{
    private static readonly Currency Gel = Currency.Parse("GEL");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Select(day => Get($"currencies/?date={day.Format()}"));

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from list in body.Items()
        let asOf = list.Member("date").Day().NotAfterAsked(body, "date")
        from row in body.Items(list, "currencies")
        let rate = row.Member("rate").NumberOrNull()
        where rate is not (null or 0)
        select new Observation(asOf, new(row.Member("code").Code(), Gel), rate.Value / row.Member("quantity").Number(), RateKind.Official);
}
