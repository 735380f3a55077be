using System.Text.Json;
using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>
/// The free currency-api of fawazahmed0: a file a day with rates of currencies, metals and crypto assets from several sources.
/// </summary>
/// <remarks>
/// Direction: 1 of the currency that the file is called after = x quote.
/// Published: once a day, soon after midnight UTC; <c>date</c> is the as-of day; each day stays in the archive since March 2024.
/// Units: 1.
/// Quirks: codes are small letters; currencies that have ended stay in the list; crypto assets stand among the currencies, and those
/// whose symbols are not three letters are left out; the base stands among the quotes as 1; the earlier form has one pair, and names its
/// base only in the address.
/// Source: https://github.com/fawazahmed0/exchange-api
/// </remarks>
public sealed partial class Fawazahmed0 : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Select(day => Get($"currency-api@{(day == window.Today ? "latest" : day.Format())}/v1/currencies/usd.json"));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var answer = body.Json();
        var asOf = answer.Member("date").Day();
        if (Archived.Match(body.Request.Path) is { Success: true } asked && asOf > DayParser.Parse(asked.Groups["day"].Value))
        {
            throw new FormatException($"requested {asked.Groups["day"].Value}, the answer is for {asOf.Format()}");
        }

        var figures = answer.Members().Single(member => member.Name is not ("date" or "attribution"));
        return figures.Value.ValueKind == JsonValueKind.Object
            ? from rate in body.Members(figures.Value)
              where Currency.TryParse(rate.Name, out _)
              select Figure(asOf, figures.Name, rate.Name, rate.Value)
            : from rate in body.Rows([figures])
              select Figure(asOf, BaseOf(body.Request.Path, figures.Name), rate.Name, rate.Value);
    }

    private static Observation Figure(DateOnly asOf, string origin, string quote, JsonElement rate) =>
        new(asOf, new(Currency.Parse(origin), Currency.Parse(quote)), rate.Number(), RateKind.Mid);

    // ".../currencies/eur/usd.json" has the dollars for 1 euro.
    private static string BaseOf(string path, string quote) =>
        OnePair.Match(path) is { Success: true } pair && pair.Groups["quote"].Value == quote
            ? pair.Groups["base"].Value
            : throw new FormatException($"a figure for '{quote}' alone, and the request asks for another pair");

    [GeneratedRegex("@(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})/", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Archived { get; }

    [GeneratedRegex(
        @"/currencies/(?<base>[a-z]{3})/(?<quote>[a-z]{3})\.json$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OnePair { get; }
}
