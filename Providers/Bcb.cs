using Rates.Core;

namespace Rates.Providers;

/// <summary>Banco Central do Brasil: the PTAX closing rates.</summary>
/// <remarks>
/// Direction: 1 foreign = x BRL, bid (cotacaoCompra) and ask (cotacaoVenda).
/// Published: about 13:10 Brasília time on Brazilian banking days, for the same day.
/// Units: 1.
/// Quirks: the currency stands only in the address; days in the address are written month first; of the day's bulletins the one
/// called Fechamento is the PTAX.
/// Source: https://dadosabertos.bcb.gov.br/dataset/taxas-de-cambio-todos-os-boletins-diarios
/// </remarks>
public sealed class Bcb : RateProvider
{
    private static readonly Currency Brl = Currency.Parse("BRL");

    private static readonly string[] Currencies = ["AUD", "CAD", "CHF", "DKK", "EUR", "GBP", "JPY", "NOK", "SEK", "USD"];

    private static readonly (string, RateKind)[] Figures = [("cotacaoCompra", RateKind.Bid), ("cotacaoVenda", RateKind.Ask)];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        from currency in Currencies
        select Get("CotacaoMoedaPeriodo(moeda=@moeda,dataInicial=@dataInicial,dataFinalCotacao=@dataFinalCotacao)"
            + $"?@moeda='{currency}'&@dataInicial='{window.From.Format("MM-dd-yyyy")}'&@dataFinalCotacao='{window.To.Format("MM-dd-yyyy")}'"
            + "&$filter=tipoBoletim%20eq%20'Fechamento'&$format=json");

    // No bulletin in the window.
    protected override bool IsNoData(ProviderBody body) => body.Json().Member("value").GetArrayLength() == 0;

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var pair = new CurrencyPair(Currency.Parse(body.Request.Parameter("@moeda").Trim('\'')), Brl);
        return from bulletin in body.Items("value")
               where bulletin.Member("tipoBoletim").Text() == "Fechamento"
               from figure in bulletin.Sides(bulletin.Member("dataHoraCotacao").Day(), pair, Figures)
               select figure;
    }
}
