using Rates.Core;

namespace Rates.Providers;

/// <summary>Central Bank of Armenia: the average market rates of the dram, and metals.</summary>
/// <remarks>
/// Direction: <c>Amount</c> foreign = <c>Rate</c> AMD.
/// Published: in the afternoon, Yerevan time, on working days; <c>CurrentDate</c> or <c>RateDate</c> is the day.
/// Units: <c>Amount</c>, 1 to 1000; gold, silver, platinum and palladium are per gram.
/// Quirks: the latest table and a range of days have two shapes, the range one with a schema inside; older tables call the Argentine
/// peso <c>ARP</c>, the zloty <c>PLZ</c> and the special drawing right <c>SDR</c>.
/// Source: https://api.cba.am/exchangerates.asmx
/// </remarks>
public sealed class Cba : RateProvider
{
    private const string Names =
        "USD,GBP,AUD,EUR,XDR,IRR,PLN,CAD,INR,NOK,JPY,SEK,CHF,CZK,CNY,SGD,BRL,AED,KGS,KZT,RUB,UAH,UZS,BYN,TJS,GEL,HKD,XAU,XAG,XPT,XPD,NZD,"
        + "ARP,ATS,BEF,BYR,DEM,DKK,EGP,ESP,FIM,FRF,GRD,HUF,IEP,ILS,ISK,ITL,LBP,LTL,LVL,MDL,NLG,PLZ,PTE,ROL,SDR,SKK,TRL,TRY";

    private static readonly Currency Amd = Currency.Parse("AMD");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => window.To == window.Today && window.Length == 1
        ? [SoapEnvelope.Call("exchangerates.asmx", "http://www.cba.am/", "ExchangeRatesLatest")]
        :
        [
            SoapEnvelope.Call("exchangerates.asmx", "http://www.cba.am/", "ExchangeRatesByDateRangeByISO",
                ("ISOCodes", Names), ("DateFrom", window.From.Format()), ("DateTo", window.To.Format())),
        ];

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var answer = SoapEnvelope.Answer(body);
        var latest = answer.All("CurrentDate").FirstOrDefault();
        return from row in body.Elements(answer.All(latest is null ? "ExchangeRatesByRange" : "ExchangeRate"))
               let code = row.Child("ISO").Value
               let perOunce = code is "XAU" or "XAG" or "XPT" or "XPD" ? Metals.GramsPerTroyOunce : 1
               let rate = RateNumber.Parse(row.Child("Rate").Value) / RateNumber.Parse(row.Child("Amount").Value)
               let asOf = DayParser.Parse((latest ?? row.Child("RateDate")).Value)
               select new Observation(asOf, new(Currency.Parse(code), Amd), rate * perOunce, RateKind.Average);
    }
}
