using System.Text.Json;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Banco Central de Chile: the observed dollar, and nominal rates of other currencies.</summary>
/// <remarks>
/// Direction: 1 foreign = x CLP.
/// Published: about noon, Santiago time, on Chilean banking days, for the same day.
/// Units: 1.
/// Quirks: user and password in the query; one series a request; a closed day has the value <c>NaN</c> and the status <c>ND</c>; an error
/// is a 200 with a negative <c>Codigo</c>; the answer names its series.
/// Source: https://si3.bcentral.cl/estadisticas/Principal1/Web_Services/index.htm
/// </remarks>
public sealed class Bcch : RateProvider
{
    private static readonly Currency Clp = Currency.Parse("CLP");

    private static readonly CodeTable Series = new()
    {
        ["F073.TCO.PRE.Z.D"] = "USD",
        ["F072.CLP.EUR.N.O.D"] = "EUR",
        ["F072.CLP.GBP.N.O.D"] = "GBP",
        ["F072.CLP.JPY.N.O.D"] = "JPY",
        ["F072.CLP.CAD.N.O.D"] = "CAD",
        ["F072.CLP.AUD.N.O.D"] = "AUD",
        ["F072.CLP.CNY.N.O.D"] = "CNY",
        ["F072.CLP.BRL.N.O.D"] = "BRL",
    };

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        from series in Series
        let days = $"firstdate={window.From.Format()}&lastdate={window.To.Format()}"
        select Get($"SieteRestWS.ashx?function=GetSeries&timeseries={series}&{days}");

    // A window of closed days has a row of status ND for each.
    protected override bool IsNoData(ProviderBody body) => Answer(body).Member("Series").Member("Obs").GetArrayLength() > 0;

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var series = Answer(body).Member("Series");
        var pair = new CurrencyPair(Series.Find(series.Member("seriesId").Text()), Clp);
        return from day in body.Items(series, "Obs")
               let value = day.Member("value").NumberOrNull(NumberForm.Point, "NaN")
               let status = day.Member("statusCode").Text()
               where value is not null || (status == "OK" ? throw new FormatException("the status is OK, and there is no value") : false)
               select status == "OK"
                   ? new Observation(day.Member("indexDateString").Day("dd-MM-yyyy"), pair, value.Value, RateKind.Reference)
                   : throw new FormatException($"the status of {value} is '{status}', not OK");
    }

    private JsonElement Answer(ProviderBody body)
    {
        var answer = body.Json();
        return answer.Member("Codigo").Number() == 0
            ? answer
            : throw new ProviderException(
                ProviderFault.Refused, Key,
                $"the source reports an error: {answer.Member("Codigo").Text()}: {answer.Optional("Descripcion")?.Text()}");
    }
}
