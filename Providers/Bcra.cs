using System.Text.Json;
using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Banco Central de la República Argentina: the rates of its daily list.</summary>
/// <remarks>
/// Direction: 1 foreign = x ARS (tipoCotizacion); tipoPase is a cross with the dollar.
/// Published: in the early afternoon, Buenos Aires time, on Argentine banking days, for the same day.
/// Units: in the description, <c>(C/1.000 UNIDADES)</c>; else 1.
/// Quirks: ARS and REF (the wholesale dollar again) are no foreign currency; metals have a cross only, and 0 here; old codes stay in
/// use (MXP, VEB); a list that names a code twice is a mix of two lists; a day without a list has a null <c>fecha</c>.
/// Source: https://www.bcra.gob.ar/en/monetary-and-financial-statistics/exchange-statistics/
/// </remarks>
public sealed partial class Bcra : RateProvider
{
    private static readonly Currency Ars = Currency.Parse("ARS");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Select(day => Get($"Cotizaciones?fecha={day.Format()}"));

    protected override bool IsNoData(ProviderBody body) => body.Json().Member("results").Optional("fecha") is null;

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var list = body.Json().Member("results");
        if (list.Member("fecha").ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        var asOf = list.Member("fecha").Day().NotAfterAsked(body.Request);
        var codes = list.Member("detalle").Items().CountBy(row => row.Optional("codigoMoneda")?.Text() ?? "");
        if (codes.FirstOrDefault(code => code.Value > 1) is { Key: { } twice })
        {
            throw new FormatException($"{twice} stands twice in the list of {asOf.Format()}");
        }

        return from row in body.Items(list, "detalle")
               let code = row.Member("codigoMoneda").Text().Trim()
               where code is not ("ARS" or "REF")
               let rate = row.Member("tipoCotizacion").NumberOrNull()
               where rate is not (null or 0)
               let units = Units(row.Member("descripcion").Text())
               select new Observation(asOf, new(Currency.Parse(code), Ars), rate.Value / units, RateKind.Reference);
    }

    private static decimal Units(string description) =>
        !description.Contains("UNIDAD", StringComparison.OrdinalIgnoreCase) ? 1
        : UnitsPattern.Match(description) is { Success: true } match
            ? RateNumber.Parse(match.Groups["units"].Value, NumberForm.CommaGrouped)
        : throw new FormatException($"'{description}' does not state for how many units the figure is");

    [GeneratedRegex(
        @"C/\s*(?<units>[\d.]+)\s*UNIDADES",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UnitsPattern { get; }
}
