using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>X-Rates: the converter of a pair, a web page.</summary>
/// <remarks>
/// Direction: the amount of the first currency = x of the second; the amount that is asked for is 1.
/// Published: through the day; the instant below the figure is in UTC, its day is the as-of day.
/// Units: the amount.
/// Quirks: the last digits of the figure stand in an element of their own; the page is one for people.
/// Source: https://www.x-rates.com/calculator/
/// </remarks>
public sealed partial class Xrates : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        Block.Pairs.Select(pair => CurrencyPair.Parse(pair)).Select(pair => Get($"calculator/?from={pair.Base}&to={pair.Quote}&amount=1"));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var page = body.Page("</span>");
        var (question, answer, stamp) = (Text(page, ".ccOutputTxt"), Text(page, ".ccOutputRslt"), Text(page, ".calOutputTS"));
        return from text in body.Rows([answer])
               let asked = Side(question, Question)
               let got = Side(text, Answer)
               let pair = IsAsked(body.Request, asked.Currency, got.Currency)
                   ? new CurrencyPair(asked.Currency, got.Currency)
                   : throw new FormatException($"the page converts {asked.Currency} to {got.Currency}, which was not requested")
               let at = InstantParser.Parse(stamp, "MMM d, yyyy HH:mm 'UTC'")
               select new Observation(at.Day(), pair, got.Amount / asked.Amount, RateKind.Mid) { At = at };
    }

    private static string Text(HtmlPage page, string selector) => HtmlReading.Text(page.Element(selector));

    private static bool IsAsked(ProviderRequest request, Currency origin, Currency quote) =>
        origin.Code == request.Parameter("from") && quote.Code == request.Parameter("to");

    private static (decimal Amount, Currency Currency) Side(string text, Regex form) => form.Match(text) is { Success: true } side
        ? (RateNumber.Parse(side.Groups["amount"].Value, NumberForm.PointGrouped), Currency.Parse(side.Groups["code"].Value))
        : throw new FormatException($"'{text}' is no amount of a currency");

    [GeneratedRegex("^(?<amount>[0-9.,]+) (?<code>[A-Z]{3}) =$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Question { get; }

    [GeneratedRegex("^(?<amount>[0-9.,]+) (?<code>[A-Z]{3})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Answer { get; }
}
