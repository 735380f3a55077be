using Rates.Core;

namespace Rates.Providers;

/// <summary>Banco de la República of Colombia: the representative market rate (TRM), from the state's open data.</summary>
/// <remarks>
/// Direction: 1 USD = x COP.
/// Published: about 18:00 Bogotá time on Colombian banking days, for the day after.
/// Units: 1.
/// Quirks: one row holds from <c>vigenciadesde</c> to <c>vigenciahasta</c>; Friday's covers the days up to the next banking day and
/// is dated by the first of them.
/// Source: https://www.banrep.gov.co/es/estadisticas/trm
/// </remarks>
public sealed class Banrep : RateProvider
{
    private static readonly CurrencyPair UsdCop = CurrencyPair.Parse("USD/COP");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window)
    {
        // Tomorrow's rate is out today: only a window of the past has an end.
        var end = window.To < window.Today ? $"%20AND%20vigenciadesde%3C='{window.To.Format()}T00:00:00.000'" : "";
        var where = $"vigenciadesde%3E='{window.From.Format()}T00:00:00.000'{end}";
        yield return Get($"32sa-8pi3.json?$where={where}&$order=vigenciadesde%20ASC&$limit=50000");
    }

    // Nothing takes effect on the requested days.
    protected override bool IsNoData(ProviderBody body) => body.Json().GetArrayLength() == 0;

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Items()
        let unit = row.Member("unidad").Text()
        select unit == "COP"
            ? new Observation(row.Member("vigenciadesde").Day(), UsdCop, row.Member("valor").Number(), RateKind.Reference)
            : throw new FormatException($"unidad '{unit}' was expected to be COP");
}
