using Rates.Core;

namespace Rates.Providers;

/// <summary>Banco Central de Costa Rica: the reference rates of the dollar.</summary>
/// <remarks>
/// Direction: 1 USD = x CRC, bid (indicator 317) and ask (318).
/// Published: by midday, San José time, for the same day; weekends repeat Friday's.
/// Units: 1.
/// Quirks: a table with days as columns, a hundred of them whatever the first requested day; every cell has an English twin with a
/// decimal point; the table needs a token that is first requested from its own site, and that site's name as the origin.
/// Source: https://sdd.bccr.fi.cr/es/IndicadoresEconomicos/Inicio/Contenedor/6
/// </remarks>
public sealed class Bccr : RateProvider
{
    private static readonly CurrencyPair UsdCrc = CurrencyPair.Parse("USD/CRC");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        [Get("Bccr.GE.SDDE.IndicadoresSitioExterno.ServiciosUsuario.API/Token/GenereCSRF") with { IsStep = true }];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window) => answer.Request.IsStep
        ? window.Chunks(90).Select(part => Table(part, Token(answer)))
        : [];

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var days = body.Json().Member("columnas").Items()
            .Select(column => (Field: column.Member("field").Text(), Title: column.Member("tituloIngles").Text()))
            .Where(column => column.Field != "nombre")
            .ToList();
        return from indicator in body.Items("indicadoresRaiz")
               let kind = Kind(indicator.Member("idIndicador").Text())
               let series = indicator.Member("series")
               from day in body.Rows(days, "day", day => day.Title)
               let rate = series.Member($"{day.Field}Ingles").NumberOrNull(NumberForm.PointGrouped)
               where rate is not (null or 0)
               select new Observation(DayParser.Parse(day.Title, "d MMM yyyy"), UsdCrc, rate.Value, kind);
    }

    private static RateKind Kind(string indicator) => indicator switch
    {
        "317" => RateKind.Bid,
        "318" => RateKind.Ask,
        _ => throw new FormatException($"indicator {indicator} is neither 317 (buy) nor 318 (sell)"),
    };

    private static ProviderRequest Table(FetchWindow part, string token) =>
        Get("Bccr.GE.SDDE.IndicadoresSitioExterno.GrupoVariables.API/CuadroGrupoVariables/ObtenerDatosCuadro"
            + $"?IdGrupoVariable=1&FechaInicio={part.From.Format()}T00:00:00&FechaFin={part.To.Format()}&CantidadSeriesAMostrar=100") with
        {
            Headers = new Dictionary<string, string> { ["token_csrf"] = token },
        };

    private string Token(ProviderBody page) =>
        page.Text().Trim().Trim('"') is { Length: > 0 } token && token.All(char.IsAscii) && !token.AsSpan().ContainsAny(" <\r\n")
        ? token
        : throw new ProviderException(ProviderFault.Unreadable, Key, "the token page holds no token");
}
