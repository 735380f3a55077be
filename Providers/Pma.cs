using System.Net;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Palestine Monetary Authority: daily rates of the currencies in use in Palestine.</summary>
/// <remarks>
/// Direction: as printed, <c>USD/ILS</c>: 1 USD = x ILS, bought, sold and middle.
/// Published: in the morning, Hebron time, Sunday to Thursday, for the same day.
/// Units: 1; gold and silver per troy ounce.
/// Quirks: a form that wants the hidden field of its page, whose name is another each time, and answers with a workbook; its cells are
/// texts, and its headings are Arabic.
/// Source: https://wcur.pma.ps/ar/webtools/currency/export
/// </remarks>
public sealed class Pma : RateProvider
{
    /// <summary>Date, currency, buying, selling and middle.</summary>
    private static readonly string[] Headings = ["التاريخ", "العملة", "الشراء", "البيع", "الوسطي"];

    private const string Form = "ar/webtools/currency/export";

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get(Form) with { IsStep = true }];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window)
    {
        var days = $"from={window.From.Format()}&to={window.To.Format()}";
        return answer.Request.IsStep
            ? [Post(Form, $"{ReadStep(answer, Token)}&{days}", "application/x-www-form-urlencoded") with { Headers = Referer() }]
            : [];
    }

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Rows(Workbook.Sheets(body).First().Table(Headings))
        let asOf = DayParser.Parse(row[0].Text, "yyyy/MM/dd")
        let pair = CurrencyPair.Parse(row[1].Text)
        from side in (IEnumerable<(int Column, RateKind Kind)>)[(2, RateKind.Bid), (3, RateKind.Ask), (4, RateKind.Mid)]
        let rate = row[side.Column].NumberOrNull(NumberForm.PointGrouped)
        where rate is not (null or 0)
        select new Observation(asOf, pair, rate.Value, side.Kind);

    private Dictionary<string, string> Referer() => new() { ["Referer"] = new Uri(Block.Address!, Form).AbsoluteUri };

    private static string Token(ProviderBody form)
    {
        var field = form.Page().Element("form input[type=hidden][name]");
        return $"{WebUtility.UrlEncode(field.GetAttribute("name"))}={WebUtility.UrlEncode(field.GetAttribute("value"))}";
    }
}
