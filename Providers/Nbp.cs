using System.Text.Json;
using Rates.Core;
using Rates.Providers.Reading;

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

    private static readonly string[] Series = ["exchangerates/tables/A", "exchangerates/tables/B", "exchangerates/tables/C", "cenyzlota"];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        from chunk in window.Chunks(93)
        from series in Series
        select Get($"{series}/{chunk.From.Format()}/{chunk.To.Format()}/?format=json");

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        body.Json().Items().SelectMany(day => day.TryGetProperty("cena", out var gold) ? [Gold(day, gold)] : Table(day));

    private static Observation Gold(JsonElement day, JsonElement price) =>
        new(day.Member("data").Day(), new(Currency.Parse("XAU"), Pln), price.Number() * Metals.GramsPerTroyOunce, RateKind.Reference);

    private static IEnumerable<Observation> Table(JsonElement day)
    {
        var asOf = day.Member("effectiveDate").Day();
        var twoSided = day.Member("table").Text() == "C";
        foreach (var rate in day.Member("rates").Items())
        {
            var pair = new CurrencyPair(Currency.Parse(rate.Member("code").Text()), Pln);
            if (twoSided)
            {
                yield return new Observation(asOf, pair, rate.Member("bid").Number(), RateKind.Bid);
                yield return new Observation(asOf, pair, rate.Member("ask").Number(), RateKind.Ask);
            }
            else
            {
                yield return new Observation(asOf, pair, rate.Member("mid").Number(), RateKind.Reference);
            }
        }
    }
}
