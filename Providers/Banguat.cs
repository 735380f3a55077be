using Rates.Core;

namespace Rates.Providers;

/// <summary>Banco de Guatemala: the reference rate of the quetzal.</summary>
/// <remarks>
/// Direction: 1 USD = x GTQ; <c>compra</c> is the bid, <c>venta</c> the ask, equal every day.
/// Published: early in the day, Guatemala time, for every day of the week.
/// Units: 1.
/// Quirks: <c>moneda</c> 2 is the dollar, and no other is requested; days are DD/MM/YYYY both ways.
/// Source: https://www.banguat.gob.gt/variables/ws/TipoCambio.asmx
/// </remarks>
public sealed class Banguat : RateProvider
{
    private static readonly CurrencyPair UsdGtq = CurrencyPair.Parse("USD/GTQ");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => window.Chunks(365).Select(chunk => SoapEnvelope.Call(
        "TipoCambio.asmx", "http://www.banguat.gob.gt/variables/ws/", "TipoCambioRango",
        ("fechainit", chunk.From.Format("dd'/'MM'/'yyyy")), ("fechafin", chunk.To.Format("dd'/'MM'/'yyyy"))));

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Elements(SoapEnvelope.Answer(body).All("Var"))
        where row.Child("moneda").Value == "2"
        let asOf = DayParser.Parse(row.Child("fecha").Value, "dd'/'MM'/'yyyy")
        from side in (IEnumerable<(string, RateKind)>)[("compra", RateKind.Bid), ("venta", RateKind.Ask)]
        select new Observation(asOf, UsdGtq, RateNumber.Parse(row.Child(side.Item1).Value), side.Item2);
}
