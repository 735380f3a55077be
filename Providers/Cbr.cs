using System.Collections.Frozen;
using System.Xml.Linq;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Bank of Russia: the official rates of the rouble.</summary>
/// <remarks>
/// Direction: <c>Nominal</c> foreign = x RUB.
/// Published: in the afternoon, Moscow time, Monday to Friday, for the next day: figures are dated Tuesday to Saturday.
/// Units: Nominal, 1 to 1,000,000.
/// Quirks: windows-1251 with decimal commas; VunitRate repeats Value / Nominal, at times as <c>5,88139E-05</c>; a series is named by
/// an id of its own, and its records may carry a successor's; the service lists its series, some without a currency's code, which
/// are not requested; a refused request is a 200 with text inside <c>ValCurs</c>.
/// Source: https://www.cbr.ru/development/sxml/
/// </remarks>
public sealed class Cbr : RateProvider
{
    /// <summary>Series whose currency is known. The service's own list leaves some out, and names predecessors by the successor.</summary>
    private static readonly FrozenDictionary<string, string> Series = (
        "R01010 AUD,R01015 ATS,R01020 AZM,R01020A AZN,R01030 DZD,R01035 GBP,R01040F AON,R01060 AMD,R01080 BHD,R01090 BYR,R01090B BYN,"
        + "R01095 BEF,R01100 BGN,R01105 BOB,R01115 BRL,R01135 HUF,R01150 VND,R01200 HKD,R01205 GRD,R01210 GEL,R01215 DKK,R01230 AED,"
        + "R01235 USD,R01239 EUR,R01240 EGP,R01270 INR,R01280 IDR,R01300 IRR,R01305 IEP,R01310 ISK,R01315 ESP,R01325 ITL,R01335 KZT,"
        + "R01350 CAD,R01355 QAR,R01370 KGS,R01375 CNY,R01390 KWD,R01395 CUP,R01405 LVL,R01420 LBP,R01435 LTL,R01500 MDL,R01503 MNT,"
        + "R01510 DEM,R01510A DEM,R01520 NGN,R01523 NLG,R01530 NZD,R01535 NOK,R01540 OMR,R01565 PLN,R01570 PTE,R01580 SAR,R01585 ROL,"
        + "R01585F RON,R01589 XDR,R01625 SGD,R01665A SRD,R01670 TJS,R01670B TJR,R01675 THB,R01685 BDT,R01700 TRL,R01700J TRY,R01710 TMM,"
        + "R01710A TMT,R01717 UZS,R01720 UAH,R01740 FIM,R01750 FRF,R01760 CZK,R01770 SEK,R01775 CHF,R01790 XEU,R01795 EEK,R01800 ETB,"
        + "R01805 YUN,R01805F RSD,R01810 ZAR,R01815 KRW,R01820 JPY,R02005 MMK")
        .Split(',').Select(entry => entry.Split(' ')).ToFrozenDictionary(entry => entry[0], entry => entry[1]);

    internal static readonly Currency Rub = Currency.Parse("RUB");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => window.Length < Series.Count
        ? window.Days().Select(day => Get(day == window.Today ? "XML_daily.asp" : $"XML_daily.asp?date_req={day.Format("dd/MM/yyyy")}"))
        : [Get("XML_valFull.asp?d=0") with { IsStep = true }];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window) => answer.Request.IsStep
        ? Series.Concat(ReadStep(answer, Listed, "the list of series")).DistinctBy(series => series.Key)
            .OrderBy(series => series.Key, StringComparer.Ordinal)
            .Select(series => Get($"XML_dynamic.asp?{Span(window)}&VAL_NM_RQ={series.Key}#{series.Value}"))
        : [];

    // Tomorrow's figures are out today, and only the address without a date gives them.
    internal static string Span(FetchWindow window) =>
        $"date_req1={window.From.Format("dd/MM/yyyy")}&date_req2={window.To.AddDays(1).Format("dd/MM/yyyy")}";

    private static List<KeyValuePair<string, string>> Listed(ProviderBody list)
    {
        return
        [
            .. from item in list.Xml().Named("Valuta").All("Item")
               let code = item.Child("ISO_Char_Code").Value.Trim()
               where code.Length > 0
               select KeyValuePair.Create(item.Attr("ID").Trim(), Currency.Parse(code).Code),
        ];
    }

    // A range without a fixing is answered by its own heading, which a refusal lacks, and no record.
    protected override bool IsNoData(ProviderBody body) =>
        body.Xml() is { HasElements: false, Name.LocalName: "ValCurs" } root && root.Attribute("DateRange1") is not null;

    protected override IEnumerable<Observation> Parse(ProviderBody body) => body.Xml() switch
    {
        var series when series.Attribute("DateRange1") is not null =>
            body.Elements(series.Elements()).Select(record => Dynamic(record, body.Request.Fragment)),
        var table => ValCurs.Rows(body, table.Named("ValCurs").Elements(), Day(table), Rub, RateKind.Official, NumberForm.Comma),
    };

    private static Observation Dynamic(XElement record, string listed)
    {
        var id = record.Attr("Id").Trim();
        var code = Series.GetValueOrDefault(id) ?? (listed.Length > 0 ? listed : throw new FormatException($"series {id} is not known"));
        var pair = new CurrencyPair(Currency.Parse(code), Rub);
        return new(Day(record), pair, Figure(record, "Value") / Figure(record, "Nominal"), RateKind.Official);
    }

    internal static DateOnly Day(XElement element) => DayParser.Parse(element.Attr("Date"), "dd.MM.yyyy");

    internal static decimal Figure(XElement record, string name) => RateNumber.Parse(record.Child(name).Value, NumberForm.Comma);
}
