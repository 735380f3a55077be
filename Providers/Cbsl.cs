using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Central Bank of Sri Lanka: daily indicative rates of the rupee.</summary>
/// <remarks>
/// Direction: 1 foreign = x LKR, under the heading <c>1 USD -> LKR</c>; the column beside it is the inverse and is not read.
/// Published: about 9:30 Colombo time on working days, for the same day.
/// Units: the number in the heading, 1.
/// Quirks: a table for each currency; the currencies are ticked in a form, which is requested first; gold is per troy ounce.
/// Source: https://www.cbsl.gov.lk/en/rates-and-indicators/exchange-rates/daily-indicative-exchange-rates
/// </remarks>
public sealed partial class Cbsl : RateProvider
{
    private static readonly Currency Lkr = Currency.Parse("LKR");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get("exrates.php") with { IsStep = true }];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window) => answer.Request.IsStep
        ? [Post("exrates_results.php", ReadStep(answer, body => Form(body.Page(), window)), "application/x-www-form-urlencoded")]
        : [];

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from table in body.Rows(body.Page().Tables("Date"), "table")
        let heading = Heading.Match(table.Headings[1]) is { Success: true } match
            ? match
            : throw new FormatException($"'{table.Headings[1]}' is not a heading such as 1 USD -> LKR")
        let pair = new CurrencyPair(Currency.Parse(heading.Groups["code"].Value), Lkr)
        let units = RateNumber.Parse(heading.Groups["units"].Value)
        from row in body.Rows(table)
        let rate = RateNumber.Parse(row[heading.Value])
        select new Observation(DayParser.Parse(row["Date"]), pair, rate / units, RateKind.Reference);

    private static string Form(HtmlPage page, FetchWindow window) => page.Form(
        "lookupPage",
        [
            ("rangeType", "dates"),
            ("txtStart", window.From.Format()),
            ("txtEnd", window.To.Format()),
            .. page.Values("input[name='chk_cur[]']").Select(currency => ("chk_cur[]", currency)),
            ("submit_button", "Submit"),
        ]);

    [GeneratedRegex(
        "^(?<units>[0-9]+) (?<code>[A-Z]{3}) -> LKR$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading { get; }
}
