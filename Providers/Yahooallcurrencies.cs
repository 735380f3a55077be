using Rates.Core;

namespace Rates.Providers;

/// <summary>
/// Reads recorded answers of Yahoo! Finance's list of all currencies, which ended in November 2017: last prices against the dollar. Nothing
/// is fetched any more.
/// </summary>
/// <remarks>
/// Direction: 1 USD = price of the symbol, such as <c>EUR=X</c>.
/// Published: through the day; each price has its own instant, whose day in UTC is the as-of day.
/// Units: 1; metals are troy ounces for 1 USD.
/// Quirks: XML, or the same as JSON; names of metals are no pairs (<c>SILVER 1 OZ 999 NY</c>), so that the symbol counts; copper has the
/// symbol <c>XCP=X</c>, and the dollar stands in its own list.
/// Source: https://finance.yahoo.com/webservice/v1/symbols/allcurrencies/quote
/// </remarks>
public sealed class Yahooallcurrencies : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get("quote?format=json")];

    protected override IEnumerable<Observation> Parse(ProviderBody body) => body.Start is [(byte)'<', ..]
        ? from quote in body.Elements(body.Xml().Child("resources").All("resource"))
          let fields = quote.All("field").ToDictionary(field => field.Attr("name"), field => field.Value, StringComparer.Ordinal)
          select Figure(fields)
        : from entry in body.Items("list", "resources")
          let fields = entry.Member("resource").Member("fields").Members().ToDictionary(
              field => field.Name, field => field.Value.Text(), StringComparer.Ordinal)
          select Figure(fields);

    private static Observation Figure(Dictionary<string, string> fields)
    {
        var pair = YahooSymbol.TryPair(Of("symbol"), out var named)
            ? named
            : throw new FormatException($"'{Of("symbol")}' is no pair of currencies");
        var at = InstantParser.Parse(Of("utctime"), "yyyy-MM-dd'T'HH:mm:sszzz");
        return new(at.Day(), pair, RateNumber.Parse(Of("price")), RateKind.Last) { At = at };

        string Of(string name) => fields.TryGetValue(name, out var value) ? value : throw new FormatException($"'{name}' is missing");
    }
}
