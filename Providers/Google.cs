using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>
/// Reads recorded answers of Google's currency calculator, which was closed in November 2013: one conversion each. Nothing is fetched any
/// more.
/// </summary>
/// <remarks>
/// Direction: rhs / lhs is quote per 1 base, of the request's <c>q=1EUR=?USD</c>.
/// Published: through the day; the answer states no day.
/// Units: the requested amount.
/// Quirks: JSON but for the unquoted keys, in ISO-8859-1 or, localized, UTF-8; currencies only by name; groups of three parted by
/// no-break spaces; <c>million</c> as a word; small figures as <c>4.8 × 10⁻⁵</c> in escaped HTML; an unknown currency is
/// <c>error: "4"</c>, a currency against itself <c>error: "0"</c> with a valid answer; any expression would be evaluated.
/// Source: http://www.google.com/ig/calculator
/// </remarks>
public sealed partial class Google : RateProvider
{
    private const string Whole = @"(?<whole>[0-9]{1,3}(?:[\u00A0 ][0-9]{3})+|[0-9]+)(?<part>\.[0-9]+)?";

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        Block.Pairs.Select(pair => CurrencyPair.Parse(pair)).Select(pair => Get($"calculator?hl=en&q=1{pair.Base}=?{pair.Quote}"));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var asked = Question.Match(body.Request.Parameter("q"));
        var answer = Answer.Match(body.Text(StrictDecoder.Latin1));
        if (!asked.Success || !answer.Success)
        {
            throw new FormatException(
                asked.Success ? "the answer is not one of the calculator" : "the request asks for no conversion of an amount");
        }

        if (answer.Groups["error"].Value is not ("" or "0"))
        {
            throw new FormatException($"the calculator answers error {answer.Groups["error"].Value}");
        }

        var amount = Amount(answer.Groups["lhs"].Value);
        var pair = new CurrencyPair(Currency.Parse(asked.Groups["base"].Value), Currency.Parse(asked.Groups["quote"].Value));
        return amount == RateNumber.Parse(asked.Groups["amount"].Value)
            ? [new Observation(body.Today, pair, Amount(answer.Groups["rhs"].Value) / amount, RateKind.Last)]
            : throw new FormatException($"{asked.Groups["amount"].Value} was requested, '{answer.Groups["lhs"].Value}' was answered");
    }

    private static decimal Amount(string side)
    {
        var text = WebUtility.HtmlDecode(Escape.Replace(side, escape =>
            ((char)int.Parse(escape.Groups["code"].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString()));
        var figure = Figure.Match(text);
        if (!figure.Success)
        {
            throw new FormatException($"'{text}' is not an amount of a currency");
        }

        var exponent = figure.Groups["exponent"].Value;
        var whole = figure.Groups["whole"].Value.Replace("\u00A0", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        var number = $"{whole}{figure.Groups["part"].Value}e{(exponent.Length > 0 ? exponent : "0")}";
        return RateNumber.ParseJson(number) * figure.Groups["word"].Value switch
        {
            "thousand" => 1_000m,
            "million" => 1_000_000m,
            "billion" => 1_000_000_000m,
            "trillion" => 1_000_000_000_000m,
            _ => 1m,
        };
    }

    [GeneratedRegex(
        @"^(?<amount>[0-9]+(\.[0-9]+)?)(?<base>[A-Za-z]{3})=\?(?<quote>[A-Za-z]{3})$",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Question { get; }

    [GeneratedRegex(
        @"^\s*\{\s*lhs:\s*""(?<lhs>[^""]*)"",\s*rhs:\s*""(?<rhs>[^""]*)"",\s*error:\s*""(?<error>[^""]*)"",\s*icc:\s*(true|false)\s*\}\s*$",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Answer { get; }

    [GeneratedRegex(@"\\x(?<code>[0-9A-Fa-f]{2})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escape { get; }

    // After the figure stands the currency's name, with a blank before it except in languages that have none.
    [GeneratedRegex(
        "^" + Whole + @"(\s*×\s*10<sup>(?<exponent>-?[0-9]+)</sup>)?"
        + @"(\s+(?<word>thousand|million|billion|trillion)\b)?(\s+\p{L}|\p{Lo})[^0-9]*$",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Figure { get; }
}
