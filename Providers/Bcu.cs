using Rates.Core;

namespace Rates.Providers;

/// <summary>Banco Central del Uruguay: bid and ask of the peso.</summary>
/// <remarks>
/// Direction: 1 foreign = x UYU; TCC is the bid, TCV the ask, equal most days.
/// Published: in the evening, Montevideo time, on working days, for the same day.
/// Units: 1.
/// Quirks: currencies are the bank's own numbers (2225 is the dollar note), CodigoISO beside them is not ISO; 0 is not quoted; a window
/// without days answers with status 0 and a message.
/// Source: https://www.bcu.gub.uy/Acerca-de-BCU/Paginas/Servicios-Web.aspx
/// </remarks>
public sealed class Bcu : RateProvider
{
    private static readonly Currency Uyu = Currency.Parse("UYU");

    private static readonly CodeTable Codes = new()
    {
        ["0500"] = "ARS",
        ["1000"] = "BRL",
        ["1111"] = "EUR",
        ["1300"] = "CLP",
        ["1490"] = "NZD",
        ["1620"] = "ZAR",
        ["1800"] = "DKK",
        ["2225"] = "USD",
        ["2309"] = "CAD",
        ["2700"] = "GBP",
        ["3600"] = "JPY",
        ["4000"] = "PEN",
        ["4150"] = "CNY",
        ["4200"] = "MXN",
        ["4300"] = "HUF",
        ["4400"] = "TRY",
        ["4600"] = "NOK",
        ["4800"] = "PYG",
        ["4900"] = "ISK",
        ["5100"] = "HKD",
        ["5300"] = "KRW",
        ["5400"] = "RUB",
        ["5500"] = "COP",
        ["5600"] = "MYR",
        ["5700"] = "INR",
        ["5800"] = "SEK",
        ["5900"] = "CHF",
    };

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window)
    {
        var items = string.Concat(Codes.Select(code => $"<cot:item>{code}</cot:item>"));
        return
        [
            Post("awsbcucotizaciones", $"""
                <?xml version="1.0" encoding="UTF-8"?>
                <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:cot="Cotiza">
                <soapenv:Header/><soapenv:Body>
                <cot:wsbcucotizaciones.Execute><cot:Entrada><cot:Moneda>{items}</cot:Moneda>
                <cot:FechaDesde>{window.From.Format()}</cot:FechaDesde><cot:FechaHasta>{window.To.Format()}</cot:FechaHasta>
                <cot:Grupo>0</cot:Grupo></cot:Entrada></cot:wsbcucotizaciones.Execute></soapenv:Body></soapenv:Envelope>
                """, "text/xml"),
        ];
    }

    protected override bool IsNoData(ProviderBody body) => SoapEnvelope.Answer(body).All("status").Single().Value == "0";

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Elements(SoapEnvelope.Answer(body).All("datoscotizaciones.dato"))
        let currency = Codes.Find(row.Child("Moneda").Value.Trim().PadLeft(4, '0'))
        from side in (IEnumerable<(string, RateKind)>)[("TCC", RateKind.Bid), ("TCV", RateKind.Ask)]
        let value = RateNumber.Parse(row.Child(side.Item1).Value)
        where value != 0
        select new Observation(DayParser.Parse(row.Child("Fecha").Value), new(currency, Uyu), value, side.Item2);
}
