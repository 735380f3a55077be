using Rates.Core;

namespace Rates.Providers;

/// <summary>Danmarks Nationalbank: the daily rates of the krone, from Statistics Denmark's StatBank.</summary>
/// <remarks>
/// Direction: 100 foreign = x DKK.
/// Published: about 16:00 Copenhagen time on Danish banking days, for the same day.
/// Units: 100 for every currency; stated in the table's metadata only.
/// Quirks: days are written <c>2026M03D20</c>; <c>..</c> is not quoted; the window is open to the present.
/// Source: https://api.statbank.dk/v1/tableinfo/DNVALD
/// </remarks>
public sealed class Dnb : RateProvider
{
    private const string Codes =
        "EUR,USD,GBP,SEK,NOK,CHF,CAD,JPY,AUD,NZD,PLN,CZK,HUF,HKD,SGD,ZAR,BGN,RON,TRY,KRW,THB,MYR,PHP,IDR,CNY,BRL,MXN,INR,ILS,ISK,"
        + "ATS,BEF,DEM,ESP,FIM,FRF,GRD,IEP,ITL,NLG,PTE,ROL,SIT,TRL";

    private static readonly Currency Dkk = Currency.Parse("DKK");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
    [
        Post("data", $$"""
            {"table":"DNVALD","format":"BULK","lang":"en","valuePresentation":"Code","variables":[
             {"code":"VALUTA","values":["{{Codes.Replace(",", "\",\"")}}"]},{"code":"KURTYP","values":["KBH"]},
             {"code":"Tid","values":[">={{window.From.Format("yyyy'M'MM'D'dd")}}"]}]}
            """, "application/json"),
    ];

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in Csv.Rows(body, ';')
        let value = RateNumber.ParseOrNull(row["INDHOLD"], NumberForm.Point, "..")
        where value is not null
        select new Observation(
            DayParser.Parse(row["TID"], "yyyy'M'MM'D'dd"), new(Currency.Parse(row["VALUTA"]), Dkk), value.Value / 100, RateKind.Reference);
}
