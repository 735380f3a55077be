using System.Text;
using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Banque Centrale du Congo: indicative rates of the Congolese franc.</summary>
/// <remarks>
/// Direction: 1 foreign = x CDF after the unit.
/// Published: in the early afternoon, Kinshasa time, on working days, for the same day.
/// Units: the member <c>unit</c>, always 1; none on the page of a day.
/// Quirks: the page's own data, which the header RSC asks for, has the whole history twice with buy, average and sell, weekly before August
/// 2025; of two figures of a day the later one is right; the page of one day, with averages of ten currencies, fills the weeks before;
/// it states no day, and 404 means no fixing.
/// Source: https://www.bcc.cd/marche-des-changes/cours-de-change
/// </remarks>
public sealed partial class Bcccd : RateProvider
{
    private const string Start = "marche-des-changes/cours-de-change";

    private static readonly Currency Cdf = Currency.Parse("CDF");

    private static readonly DateOnly Daily = new(2025, 9, 1);

    private static readonly (string, RateKind)[] Members = [("buy", RateKind.Bid), ("average", RateKind.Mid), ("sell", RateKind.Ask)];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window)
    {
        yield return Get(Start) with { Headers = new Dictionary<string, string> { ["RSC"] = "1" } };
        foreach (var day in window.Days().Where(day => day < Daily && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)))
        {
            yield return Get($"{Start}/{day.Format()}");
        }
    }

    protected override IEnumerable<Observation> Parse(ProviderBody body) => body.Start is [(byte)'<', ..] ? Page(body) : Data(body);

    private static RowQuery<Observation> Page(ProviderBody body)
    {
        var asOf = DayParser.Parse(body.Request.Path[^10..]);
        return from term in body.Rows(body.Page().Document.QuerySelectorAll("dt"), "term", HtmlReading.Place)
               let code = Label.Match(HtmlReading.Text(term)) is { Success: true } match
                   ? Currency.Parse(match.Groups["code"].Value)
                   : throw new FormatException($"'{HtmlReading.Text(term)}' is not a label such as USD (cours moyen)")
               let text = term.NextElementSibling is { LocalName: "dd" } value
                   ? HtmlReading.Text(value)
                   : throw new FormatException("no figure stands beside the label")
               let form = text.Contains(',', StringComparison.Ordinal) ? NumberForm.CommaSpaced : NumberForm.Point
               select new Observation(asOf, new(code, Cdf), RateNumber.Parse(text, form), RateKind.Mid);
    }

    private static RowQuery<Observation> Data(ProviderBody body)
    {
        var history = History.Match(body.WholeText()) is { Success: true } match
            ? body.Unpacked(Encoding.UTF8.GetBytes(match.Groups["rates"].Value)).Json()
            : throw new FormatException("the answer holds no history");
        return from currency in body.Members(history)
               let pair = new CurrencyPair(Currency.Parse(currency.Name), Cdf)
               from day in body.Items(currency.Value)
               from side in day.Sides(day.Member("date").Day(), pair, Members, day.Member("unit").Number())
               select side;
    }

    // Each currency has a list of flat objects, so that nothing inside opens another list.
    [GeneratedRegex(
        """
        "history":(?<rates>\{("[A-Z]{3}":\[[^\[\]]*\],?)+\})
        """,
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex History { get; }

    [GeneratedRegex(
        @"^(?<code>[A-Z]{3}) \(cours moyen\)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Label { get; }
}
