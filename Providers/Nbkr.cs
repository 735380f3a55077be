using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>National Bank of the Kyrgyz Republic: the official rates of the som.</summary>
/// <remarks>
/// Direction: <c>Nominal</c> foreign = x KGS.
/// Published: about 15:30 Bishkek time for the next day; minor currencies once a week.
/// Units: <c>Nominal</c>; the archive states none.
/// Quirks: decimal comma; the archive is a page for people whose figures stand between comment markers, one currency a request.
/// Source: https://www.nbkr.kg/XML/daily.xml and https://www.nbkr.kg/XML/weekly.xml
/// </remarks>
public sealed partial class Nbkr : RateProvider
{
    private static readonly Currency Kgs = Currency.Parse("KGS");

    // The archive's own number of a currency, its code, and the units that its figures are for: the archive does not state them.
    private static readonly FrozenDictionary<string, (Currency Currency, decimal Units)> Archive = (
        "15 USD 1,16 ATS 1,17 GBP 1,18 BEF 10,19 DKK 1,20 EUR 1,21 INR 1,22 ITL 100,23 CAD 1,24 CNY 1,25 KRW 1,26 DEM 1,"
        + "27 NLG 1,28 NOK 1,29 PTE 1,"
        + "30 XDR 1,31 TRL 1000,32 FIM 1,33 FRF 1,34 SEK 1,35 CHF 1,36 JPY 10,37 AZM 1000,38 AMD 10,39 BYR 100,40 KZT 1,41 LVL 1,"
        + "42 LTL 1,43 MDL 1,"
        + "44 RUB 1,45 TJS 1,46 UZS 1,47 UAH 1,48 EEK 1,49 TJR 100,50 KWD 1,51 HUF 10,52 CZK 1,53 NZD 1,55 PKR 1,56 AUD 1,57 TRY 1,"
        + "82 AZN 1,86 SGD 1,"
        + "98 RUR 1000,99 AFN 1,100 BGN 1,101 BRL 1,102 GEL 1,103 AED 1,104 IRR 10,105 MYR 1,106 MNT 1,107 TWD 1,108 TMT 1,"
        + "109 PLN 1,139 SAR 1,"
        + "160 BYN 1,180 OMR 1,182 HKD 1,184 IDR 10")
        .Split(',').Select(entry => entry.Split(' '))
        .ToFrozenDictionary(entry => entry[0], entry => (Currency.Parse(entry[1]), RateNumber.Parse(entry[2])));

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => window.Today.DayNumber - window.From.DayNumber <= 7
        ? [Get("XML/daily.xml"), Get("XML/weekly.xml")]
        : Archive.Keys.Order(StringComparer.Ordinal).Select(id => Get(
            $"index1.jsp?item=1562&lang=ENG&valuta_id={id}"
            + $"&beg_day={window.From.Format("dd")}&beg_month={window.From.Format("MM")}&beg_year={window.From.Year}"
            + $"&end_day={window.To.Format("dd")}&end_month={window.To.Format("MM")}&end_year={window.To.Year}"));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        if (body.Request.Parameter("valuta_id") is { Length: > 0 } id)
        {
            var (currency, units) = Archive.TryGetValue(id, out var known)
                ? known
                : throw new FormatException($"valuta_id {id} is not a known currency");
            return from row in body.Rows<Match>(ArchiveRow.Matches(body.PageText("</table>")))
                   let day = DayParser.Parse(row.Groups["day"].Value, "dd.MM.yyyy")
                   let rate = RateNumber.Parse(row.Groups["value"].Value, NumberForm.Comma)
                   select new Observation(day, new(currency, Kgs), rate / units, RateKind.Official);
        }

        var table = body.Xml().Named("CurrencyRates");
        var asOf = DayParser.Parse(table.Attr("Date"), "dd.MM.yyyy");
        return from rate in body.Elements(table.Elements())
               let units = RateNumber.Parse(rate.Child("Nominal").Value)
               let value = RateNumber.Parse(rate.Child("Value").Value, NumberForm.Comma)
               select new Observation(asOf, new(Currency.Parse(rate.Attr("ISOCode")), Kgs), value / units, RateKind.Official);
    }

    // Each row's own cells: what stands in a cell is taken as it is, so that one that cannot be read is not skipped over to the next row's.
    [GeneratedRegex(
        "<!--date-->(?<day>[^<]*)<!--date-->((?!<!--date-->|</tr).)*?<!--value-->(?<value>[^<]*)<!--value-->",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ArchiveRow { get; }
}
