using Rates.Core;

namespace Rates.Providers;

/// <summary>Autoridade Monetária de Macau: the middle rates of the interbank market.</summary>
/// <remarks>
/// Direction: <c>unit</c> foreign = x MOP; the figure is called <c>usdMean</c> all the same.
/// Published: before noon, Macau time, on weekdays, for the same day.
/// Units: the <c>unit</c> member, 1 or 100.
/// Quirks: LIQ is a liquidity index among the currencies; ECU is the basket before the euro; an answer spans about four months at most.
/// Source: https://www.amcm.gov.mo/en/financial-information/exchange-rates
/// </remarks>
public sealed class Amcm : RateProvider
{
    private static readonly Currency Mop = Currency.Parse("MOP");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        from part in window.Chunks(90)
        select Get($"financial_info?QueryType=1&Begin={part.From.Format("yyyyMMdd")}&End={part.To.Format("yyyyMMdd")}");

    // A weekend or a holiday has an empty list.
    protected override bool IsNoData(ProviderBody body) => body.Json().Member("data").GetArrayLength() == 0;

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Items("data")
        let code = row.Member("currency").Text().Trim()
        where code != "LIQ"
        let rate = row.Member("usdMean").NumberOrNull(NumberForm.PointGrouped)
        where rate is not (null or 0)
        let units = row.Member("unit").Number()
        select new Observation(row.Member("date").Day(), new(Currency.Parse(code), Mop), rate.Value / units, RateKind.Reference);
}
