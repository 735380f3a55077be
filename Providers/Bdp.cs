using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Banco de Portugal: the rates of the escudo until the euro, from BPstat.</summary>
/// <remarks>
/// Direction: 1 foreign = x PTE.
/// Published: never again; the daily series run from 2 January 1987 to 31 December 1998.
/// Units: 1.
/// Quirks: JSON-stat whose series name the currency in their label, <c>US, Dollars (USD) against Escudo</c>, and stand in another
/// order than the cube; the ECU is called ECU. The link to the next page loses the filters, so every page is requested with them.
/// Source: https://bpstat.bportugal.pt/data/docs/
/// </remarks>
public sealed partial class Bdp : RateProvider
{
    private static readonly Currency Pte = Currency.Parse("PTE");

    private const string Counterparty = "12";

    // Against the escudo, by the bank itself, daily.
    private static readonly (string Dimension, string Category)[] Filters = [("13", "794"), ("18", "35"), ("40", "4263")];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Page(window, 1)];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window) =>
        answer.Json().Member("extension").Optional("next_page") is null
            ? []
            : [Page(window, (int)RateNumber.Parse(answer.Request.Parameter("page")) + 1)];

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var currencies = Currencies(body);
        return from cell in JsonStat.Cells(body)
               where Filters.All(filter => cell[filter.Dimension] == filter.Category)
               // A page's cube already holds the first currency of the next page, whose series are named there.
               where currencies.ContainsKey(cell[Counterparty])
               let pair = new CurrencyPair(currencies[cell[Counterparty]], Pte)
               select new Observation(DayParser.Parse(cell["reference_date"]), pair, cell.Value, RateKind.Reference);
    }

    private static Dictionary<string, Currency> Currencies(ProviderBody body) =>
        (from series in body.Json().Member("extension").Member("series").Items()
         from place in series.Member("dimension_category").Items()
         where place.Member("dimension_id").Text() == Counterparty
         select (Category: place.Member("category_id").Text(), Currency: Named(series.Member("label").Text())))
        .ToDictionary(series => series.Category, series => series.Currency);

    private static Currency Named(string label) => CodeInLabel.Match(label) switch
    {
        { Success: false } => throw new FormatException($"'{label}' names no currency"),
        var code => Currency.Parse(code.Value),
    };

    [GeneratedRegex(@"(?<=\()[A-Z]{3}(?=\))", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeInLabel { get; }

    private static ProviderRequest Page(FetchWindow window, int page)
    {
        var filters = string.Concat(Filters.Select(filter => $"&dim_cats={filter.Dimension}:{filter.Category}"));
        return Get($"?lang=EN&page={page}{filters}&obs_since={window.From.Format()}&obs_to={window.To.Format()}");
    }
}
