using Rates.Core;

namespace Rates.Providers;

/// <summary>Banco Central de Cuba: its three rates, one for each segment of the exchange market.</summary>
/// <remarks>
/// Direction: 1 foreign = x CUP; official (I), public (II: the people's rate) and special (III: the floating one).
/// Published: shortly after midnight, Havana time, every day, for the day that begins.
/// Units: 1.
/// Quirks: the three lie twentyfold apart; a segment without a rate leaves its member out; the currency stands only in the address.
/// Source: https://www.bc.gob.cu/tasas-de-cambio
/// </remarks>
public sealed class Bcc : RateProvider
{
    private static readonly Currency Cup = Currency.Parse("CUP");

    private static readonly string[] Currencies =
        ["AUD", "CAD", "CHF", "CNY", "DKK", "EUR", "GBP", "JPY", "MXN", "NOK", "RUB", "SEK", "USD"];

    private static readonly (string Member, RateKind Kind)[] Segments =
        [("tasaOficial", RateKind.Official), ("tasaPublica", RateKind.Segment), ("tasaEspecial", RateKind.Parallel)];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        from currency in Currencies
        select Get($"historico?fechaInicio={window.From.Format()}&fechaFin={window.To.Format()}&codigoMoneda={currency}");

    // Days before the archive begins.
    protected override bool IsNoData(ProviderBody body) => body.Json().GetArrayLength() == 0;

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var pair = new CurrencyPair(Currency.Parse(body.Request.Parameter("codigoMoneda")), Cup);
        return from row in body.Items()
               let quoted = Segments.Where(segment => row.Optional(segment.Member) is not null)
               from figure in row.Sides(row.Member("fecha").Day(), pair, quoted)
               select figure;
    }
}
