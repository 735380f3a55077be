using Rates.Core;

namespace Rates.Providers;

/// <summary>Banco de México: the FIX rate of the dollar, and the currencies of the SDR's basket.</summary>
/// <remarks>
/// Direction: 1 foreign = x MXN.
/// Published: 12:00 Mexico City time on Mexican banking days, for the same day.
/// Units: 1.
/// Quirks: a token in a header; the number of a series is the only hint at its currency; <c>N/E</c> is not quoted; figures of a thousand
/// and more have commas; a series without a figure in the window has no <c>datos</c>.
/// Source: https://www.banxico.org.mx/SieAPIRest/service/v1/
/// </remarks>
public sealed class Banxico : RateProvider
{
    private static readonly Currency Mxn = Currency.Parse("MXN");

    private static readonly CodeTable Series = new()
    {
        ["SF43718"] = "USD",
        ["SF46410"] = "EUR",
        ["SF46407"] = "GBP",
        ["SF46406"] = "JPY",
        ["SF60632"] = "CAD",
    };

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        [Get($"series/{string.Join(',', Series)}/datos/{window.From.Format()}/{window.To.Format()}")];

    // A window of closed days has every series, without figures.
    protected override bool IsNoData(ProviderBody body) =>
        body.Json().Member("bmx").Member("series") is var list && list.GetArrayLength() > 0
        && list.Items().All(series => Series.Has(series.Member("idSerie").Text()));

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from series in body.Items("bmx", "series")
        let pair = new CurrencyPair(Series.Find(series.Member("idSerie").Text()), Mxn)
        where series.Optional("datos") is not null
        from day in body.Rows(series.Member("datos").Items(), "datos[]")
        let rate = day.Member("dato").NumberOrNull(NumberForm.PointGrouped, "N/E")
        where rate is not null
        select new Observation(day.Member("fecha").Day("dd/MM/yyyy"), pair, rate.Value, RateKind.Reference);
}
