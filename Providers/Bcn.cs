using Rates.Core;

namespace Rates.Providers;

/// <summary>Banco Central de Nicaragua: the official rate of the córdoba.</summary>
/// <remarks>
/// Direction: 1 USD = x NIO.
/// Published: a month at a time, ahead; one row for each day of the month.
/// Units: 1.
/// Quirks: a month is requested as a whole, by year and month.
/// Source: https://servicios.bcn.gob.ni/Tc_Servicio/ServicioTC.asmx
/// </remarks>
public sealed class Bcn : RateProvider
{
    private static readonly CurrencyPair UsdNio = CurrencyPair.Parse("USD/NIO");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => window.Months().Select(month => SoapEnvelope.Call(
        "ServicioTC.asmx", "http://servicios.bcn.gob.ni/", "RecuperaTC_Mes", ("Ano", $"{month.Year}"), ("Mes", $"{month.Month}")));

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Elements(SoapEnvelope.Answer(body).All("Tc"))
        select new Observation(
            DayParser.Parse(row.Child("Fecha").Value), UsdNio, RateNumber.Parse(row.Child("Valor").Value), RateKind.Official);
}
