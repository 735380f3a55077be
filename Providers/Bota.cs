using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Bank of Tanzania: buying, selling and mean rates of the shilling.</summary>
/// <remarks>
/// Direction: 1 foreign = x TZS.
/// Published: about noon, Dar es Salaam time, every day, for the same day.
/// Units: 1; gold per troy ounce.
/// Quirks: the form's token is requested first; a figure of before 2020 may have a comma within its decimals (2,589.0,500); gold is GOLD;
/// currencies that have ended stand in the list with figures that are theirs no more.
/// Source: https://www.bot.go.tz/ExchangeRate/previous_rates
/// </remarks>
public sealed partial class Bota : RateProvider
{
    private const string Archive = "ExchangeRate/previous_rates";

    private static readonly Currency Tzs = Currency.Parse("TZS");

    private static readonly CodeTable Codes = new() { ["GOLD"] = "XAU", ["SDR"] = "XDR" };

    private static readonly (string Heading, RateKind Kind)[] Columns =
        [("Buying", RateKind.Bid), ("Selling", RateKind.Ask), ("Mean", RateKind.Mid)];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get(Archive) with { IsStep = true }];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window) => answer.Request.IsStep
        ? [Post(Archive, ReadStep(answer, body => Form(body.Page(), window)), "application/x-www-form-urlencoded")]
        : [];

    protected override bool IsNoData(ProviderBody body) => Table(body).Rows.Count == 0;

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Rows(Table(body))
        let asOf = DayParser.Parse(row["Transaction Date"], "dd-MMM-yy")
        let pair = new CurrencyPair(Codes.FindOrParse(row["Currency"]), Tzs)
        from column in Columns
        let rate = Number(row[column.Heading])
        where rate != 0
        select new Observation(asOf, pair, rate, column.Kind);

    private static HtmlTable Table(ProviderBody body) =>
        body.Page().Table("Currency", "Buying", "Selling", "Mean", "Transaction Date");

    private static string Form(HtmlPage page, FetchWindow window) => page.Form(
        "__RequestVerificationToken", ("dateFrom", window.From.Format("MM/dd/yyyy")), ("dateTo", window.To.Format("MM/dd/yyyy")));

    private static decimal Number(string text) => Malformed.IsMatch(text)
        ? RateNumber.Parse(text.Remove(text.LastIndexOf(','), 1), NumberForm.PointGrouped)
        : RateNumber.Parse(text, NumberForm.PointGrouped);

    // Groups of three on both sides of the point.
    [GeneratedRegex(
        @"^[0-9]{1,3}(,[0-9]{3})*\.[0-9]{1,3},[0-9]{1,3}$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Malformed { get; }
}
