using Rates.Core;

namespace Rates.Providers;

/// <summary>Narodowy Bank Polski: the average rates of tables A and B, bid and ask of table C, and the price of gold.</summary>
/// <remarks>
/// Direction: 1 foreign = x PLN.
/// Published: tables A and B about 12:15 Warsaw time (A on Polish working days, B on Wednesdays), table C about 08:15.
/// Units: 1, in every table; gold per gram, stored per troy ounce.
/// Quirks: at most 93 days a request; a range without a table answers 404.
/// Source: https://api.nbp.pl/en.html
/// </remarks>
public sealed class Nbp : RateProvider
{
    private static readonly Currency Pln = Currency.Parse("PLN");

    private static readonly (string Member, RateKind Kind)[] Middle = [("mid", RateKind.Reference)];
    private static readonly (string Member, RateKind Kind)[] BothSides = [("bid", RateKind.Bid), ("ask", RateKind.Ask)];

    private static readonly string[] Series = ["exchangerates/tables/A", "exchangerates/tables/B", "exchangerates/tables/C", "cenyzlota"];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        from chunk in window.Chunks(93)
        from series in Series
        select Get($"{series}/{chunk.From.Format()}/{chunk.To.Format()}/?format=json");

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        body.Json().Items().Any(day => day.Optional("cena") is not null) ? Gold(body) : Tables(body);

    private static RowQuery<Observation> Gold(ProviderBody body) =>
        from day in body.Items()
        let perOunce = day.Member("cena").Number() * Metals.GramsPerTroyOunce
        select new Observation(day.Member("data").Day(), new(Currency.Parse("XAU"), Pln), perOunce, RateKind.Reference);

    private static RowQuery<Observation> Tables(ProviderBody body) =>
        from day in body.Items()
        let asOf = day.Member("effectiveDate").Day()
        let figures = day.Member("table").Text() == "C" ? BothSides : Middle
        from rate in body.Items(day, "rates")
        let pair = new CurrencyPair(rate.Member("code").Code(), Pln)
        from figure in figures
        select new Observation(asOf, pair, rate.Member(figure.Member).Number(), figure.Kind);
}
