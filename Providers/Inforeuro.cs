using Rates.Core;

namespace Rates.Providers;

/// <summary>European Commission: InforEuro, the monthly accounting rates of the euro.</summary>
/// <remarks>
/// Direction: 1 EUR = x quote; 1 XEU before 1999.
/// Published: in the last days of a month, for the whole of the next; a figure is dated by the first of its month.
/// Units: 1.
/// Quirks: one request a month, and only the address states which; labels of its own for a few currencies; the kwanza of 2000 stands
/// under the code of its predecessor's predecessor for two months.
/// Source: InforEuro, the exchange rates of the European Commission, on https://commission.europa.eu
/// </remarks>
public sealed class Inforeuro : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Months().Select(month => Get($"monthly-rates?year={month.Format("yyyy")}&month={month.Format("%M")}&lang=en"));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var month = DayParser.Parse($"{body.Request.Parameter("year")}-{body.Request.Parameter("month")}", "yyyy-M");
        return from row in body.Items()
               let rate = row.Member("value").NumberOrNull()
               where rate is not (null or 0)
               let quote = row.Member("isoA3Code").Code()
               where quote != Currency.Eur
               select new Observation(month, new(Currency.Eur, quote), rate.Value, RateKind.Reference);
    }
}
