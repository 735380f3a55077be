using System.Text;
using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>
/// Reads recorded pages of Google Finance's converter, which ended in 2018, and of the converter above its search results: one conversion
/// each. Nothing is fetched any more.
/// </summary>
/// <remarks>
/// Direction: the amount of the first currency = x of the second.
/// Published: through the day; the page states no day.
/// Units: the amount.
/// Quirks: a pair without a rate, and one whose rate is very small, is <c>Could not convert.</c>; the search page names currencies only by
/// their English names, so that the request says which they are; a page against robots comes with status 200.
/// Source: http://www.google.com/finance/converter
/// </remarks>
public sealed partial class Googlefinance : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        Block.Pairs.Select(pair => CurrencyPair.Parse(pair)).Select(pair => Get($"finance/converter?a=1&from={pair.Base}&to={pair.Quote}"));

    protected override bool IsNoData(ProviderBody body) => !IsSearch(body) && Answer(body) == "Could not convert.";

    protected override IEnumerable<Observation> Parse(ProviderBody body) => IsSearch(body)
        ? from page in body.Rows([body.Page()])
          select Searched(body, page)
        : from text in body.Rows([Answer(body)])
          where !IsNoData(body)
          select Converted(body, text);

    private static bool IsSearch(ProviderBody body) => body.Request.Parameter("q").Length > 0;

    private static string Answer(ProviderBody body) =>
        HtmlReading.Text(body.Page(otherwise: Encoding.Latin1).Element("#currency_converter_result"));

    private static Observation Converted(ProviderBody body, string text)
    {
        var found = Conversion.Match(text);
        var (origin, quote) = (found.Groups["base"].Value, found.Groups["quote"].Value);
        return found.Success && origin == body.Request.Parameter("from") && quote == body.Request.Parameter("to")
            ? Figure(body, origin, quote, found.Groups["amount"].Value, found.Groups["result"].Value)
            : throw new FormatException($"'{text}' is not the requested conversion");
    }

    private static Observation Searched(ProviderBody body, HtmlPage page)
    {
        var (question, amount, result) = (body.Request.Parameter("q"), Side("src"), Side("tgt"));
        return Question.Match(question) is { Success: true } asked && asked.Groups["amount"].Value == amount
            ? Figure(body, asked.Groups["base"].Value, asked.Groups["quote"].Value, amount, result)
            : throw new FormatException($"the page converts {amount} of a currency, which '{question}' does not ask for");

        string Side(string name) => HtmlReading.Text(page.Element($"#knowledge-currency__{name}-amount"));
    }

    private static Observation Figure(ProviderBody body, string origin, string quote, string amount, string result) => new(
        body.Today, new(Currency.Parse(origin), Currency.Parse(quote)),
        RateNumber.Parse(result, NumberForm.PointGrouped) / RateNumber.Parse(amount, NumberForm.PointGrouped), RateKind.Last);

    [GeneratedRegex(
        "^(?<amount>[0-9.,]+) (?<base>[A-Z]{3}) = (?<result>[0-9.,]+) (?<quote>[A-Z]{3})$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Conversion { get; }

    [GeneratedRegex(
        "^(?<amount>[0-9]+) (?<base>[A-Z]{3}) to (?<quote>[A-Z]{3})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Question { get; }
}
