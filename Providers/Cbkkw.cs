using Rates.Core;

namespace Rates.Providers;

/// <summary>Central Bank of Kuwait: daily reference rates of the dinar.</summary>
/// <remarks>
/// Direction: 1 foreign = x fils, a thousandth of a dinar, under headings such as KWD / USD.
/// Published: in the morning, Kuwait time, Sunday to Thursday, for the same day.
/// Units: 1; the figures are divided by a thousand.
/// Quirks: a form that knows its currencies by number is requested first; one answer is one currency, a fragment of a page; the day
/// before the first is asked for, which is not included; the form offers currencies that have ended, with an empty table.
/// Source: https://www.cbk.gov.kw/en/monetary-policy/market-operations/exchange-rates/usd
/// </remarks>
public sealed class Cbkkw : RateProvider
{
    private const int FilsOfDinar = 1000;

    private static readonly Currency Kwd = Currency.Parse("KWD");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get("usd") with { IsStep = true }];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window) => answer.Request.IsStep
        ? ReadStep(answer, body => Lookups(body.Page(), window))
        : [];

    protected override bool IsNoData(ProviderBody body) => Table(body).Rows.Count == 0;

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Rows(Table(body))
        let rate = RateNumber.Parse(row[$"KWD / {Asked(body)}"]) / FilsOfDinar
        select new Observation(DayParser.Parse(row["Date"], "dd.MM.yyyy"), new(Asked(body), Kwd), rate, RateKind.Reference);

    private static Currency Asked(ProviderBody body) => Currency.Parse(body.Request.Parameter("selCurrency").Split(':')[0]);

    private static HtmlTable Table(ProviderBody body) => body.Page("</div>").Table("Date", $"KWD / {Asked(body)}");

    private static List<ProviderRequest> Lookups(HtmlPage page, FetchWindow window) =>
    [
        .. page.Values("select[name=selCurrency] option").Select(currency => Post(
            "get-exchange-rates",
            page.Form(
                "formId",
                ("selCurrency", currency),
                ("txtDateFrom", window.From.AddDays(-1).Format("dd/MM/yyyy")),
                ("txtDateTo", window.To.Format("dd/MM/yyyy"))),
            "application/x-www-form-urlencoded")),
    ];
}
