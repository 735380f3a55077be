using System.Globalization;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Central Bank of Oman: buying and selling rates of the rial.</summary>
/// <remarks>
/// Direction: 1 foreign = x OMR.
/// Published: about 10:00 Muscat time, Sunday to Thursday, for the same day.
/// Units: 1; metals per troy ounce.
/// Quirks: the export of a form, one currency at a time, is a table of HTML that calls itself a workbook; its figures begin with string;#
/// and a day may have several rows, each with its time, of which the newest counts; the site sends its own certificate without
/// the one above it.
/// Source: https://cbo.gov.om/Pages/DFESearch.aspx
/// </remarks>
public sealed class Cbo : RateProvider
{
    private const string Form = "Pages/DFESearch.aspx";
    private const string Prefix = "string;#";

    private static readonly Currency Omr = Currency.Parse("OMR");

    private static readonly TimeSpan Muscat = TimeSpan.FromHours(4);

    private static readonly CodeTable Codes = new() { ["SDR"] = "XDR" };

    private static readonly (string Heading, RateKind Kind)[] Columns = [("Buying", RateKind.Bid), ("Selling", RateKind.Ask)];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get(Form) with { IsStep = true }];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window) => answer.Request.IsStep
        ? ReadStep(answer, body => Exports(body.Page(), window))
        : [];

    protected override bool IsNoData(ProviderBody body) => Table(body).Rows.Count == 0;

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Rows(Table(body))
        let pair = new CurrencyPair(Codes.FindOrParse(row["Currency Code"]), Omr)
        let at = Instant(row["Exchange Date"])
        from column in Columns
        let rate = RateNumber.ParseOrNull(Unprefixed(row[column.Heading]))
        where rate is not (null or 0)
        select new Observation(DateOnly.FromDateTime(at.DateTime), pair, rate.Value, column.Kind) { At = at };

    private static HtmlTable Table(ProviderBody body) =>
        body.Page("</table>").Table("Currency Code", "Exchange Date", "Buying", "Selling");

    private static DateTimeOffset Instant(string text) => DateTime.TryParseExact(
        text, "dd/MM/yyyy hh:mm:ss tt", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year > 2000
        ? new(local, Muscat)
        : throw new FormatException($"'{text}' is not an instant of the form dd/MM/yyyy hh:mm:ss AM");

    private static string Unprefixed(string text) => text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text;

    private static List<ProviderRequest> Exports(HtmlPage page, FetchWindow window)
    {
        var name = page.Element("select[name$='$ddCurrencyCodes']").GetAttribute("name")!;
        var form = name[..^"ddCurrencyCodes".Length];
        return
        [
            // All would be answered with the newest day only.
            .. page.Values("select[name$='$ddCurrencyCodes'] option").Where(code => code != "All").Select(code => Post(
                Form,
                page.Form(
                    "__VIEWSTATE",
                    (name, code),
                    ($"{form}dateFrom", window.From.Format("dd/MM/yyyy")),
                    ($"{form}dateTo", window.To.Format("dd/MM/yyyy")),
                    ($"{form}btnExport", "")),
                "application/x-www-form-urlencoded")),
        ];
    }
}
