using Rates.Core;

namespace Rates.Providers;

/// <summary>Narodowy Bank Polski: the average rates of table A.</summary>
/// <remarks>
/// Direction: 1 foreign = x PLN.
/// Published: about 12:15 Warsaw time on Polish working days.
/// Units: 1.
/// Quirks: at most 93 days a request; a range without a table answers 404; each table is a dataset of its own.
/// Source: https://api.nbp.pl/en.html
/// </remarks>
public sealed class Nbp : RateProvider
{
    internal static readonly Currency Pln = Currency.Parse("PLN");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => Paths(window, "exchangerates/tables/A").Select(Get);

    protected override IEnumerable<Observation> Parse(ProviderBody body) => Table(body, "A", ("mid", RateKind.Reference));

    /// <summary>The paths of a series, of 93 days each.</summary>
    internal static IEnumerable<string> Paths(FetchWindow window, string series) =>
        window.Chunks(93).Select(chunk => $"{series}/{chunk.From.Format()}/{chunk.To.Format()}/?format=json");

    /// <summary>The figures of a table. One under another letter is not what was asked for.</summary>
    internal static IEnumerable<Observation> Table(ProviderBody body, string letter, params (string Member, RateKind Kind)[] figures) =>
        body.Json().Items().Select(day => day.Member("table").Text()).FirstOrDefault(table => table != letter) is { } other
            ? throw new FormatException($"table '{other}', not {letter}")
            : from day in body.Items()
              let asOf = day.Member("effectiveDate").Day()
              from rate in body.Items(day, "rates")
              let pair = new CurrencyPair(rate.Member("code").Code(), Pln)
              from figure in figures
              select new Observation(asOf, pair, rate.Member(figure.Member).Number(), figure.Kind);
}
