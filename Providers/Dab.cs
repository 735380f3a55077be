using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Da Afghanistan Bank: rates of the afghani for cash and for transfers.</summary>
/// <remarks>
/// Direction: 1 foreign = x AFN; the bank's selling rate is the ask, its buying rate the bid.
/// Published: in the morning, Kabul time, Saturday to Thursday, for the same day.
/// Units: 1; the Iranian row is per toman, ten rials (see the block).
/// Quirks: currencies by name with their signs; a second table of the same headings has averages of a month and is not read; a day
/// without rates says that there were no results.
/// Source: https://www.dab.gov.af/exchange-rates
/// </remarks>
public sealed partial class Dab : RateProvider
{
    private static readonly Currency Afn = Currency.Parse("AFN");

    private static readonly CodeTable Names = new()
    {
        ["CNY¥"] = "CNY",
        ["EURO€"] = "EUR",
        ["INDIAN Rs."] = "INR",
        ["IRAN Toman"] = "IRR",
        ["PAKISTAN Rs."] = "PKR",
        ["POUND£"] = "GBP",
        ["SAUDI RIYAL"] = "SAR",
        ["SWISS₣"] = "CHF",
        ["UAE DIRHAM"] = "AED",
        ["USD$"] = "USD",
    };

    private static readonly (string, RateKind)[] Columns =
    [
        ("Cash (Sell)", RateKind.CashAsk),
        ("Cash (Buy)", RateKind.CashBid),
        ("Transfer (Sell)", RateKind.Ask),
        ("Transfer (Buy)", RateKind.Bid),
    ];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Select(day => Get($"exchange-rates?field_date_value={day.Format()}"));

    protected override bool IsNoData(ProviderBody body) =>
        body.Page().Document.Body?.TextContent.Contains("There were no results", StringComparison.Ordinal) ?? false;

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        if (IsNoData(body))
        {
            return [];
        }

        var page = body.Page();
        var table = page.Tables("Currency", "Cash (Sell)", "Cash (Buy)", "Transfer (Sell)", "Transfer (Buy)")[0];
        var heading = page.Above(table.Element, Updated);
        if (!heading.Groups["title"].ValueSpan.SequenceEqual("Exchange"))
        {
            throw new FormatException($"the first table is headed '{heading.Value}', not Exchange Rates");
        }

        var asOf = DayParser.Parse(heading.Groups["day"].Value, "d MMMM yyyy").NotAfterAsked(body, "field_date_value");
        return from row in body.Rows(table)
               let pair = new CurrencyPair(Names.Find(row["Currency"]), Afn)
               from side in row.Sides(asOf, pair, Columns)
               select side;
    }

    [GeneratedRegex(
        @"(?<title>\w+) Rates Last updated: ?(?<day>\S+ \S+ \S+)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Updated { get; }
}
