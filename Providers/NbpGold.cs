using Rates.Core;

namespace Rates.Providers;

/// <summary>Narodowy Bank Polski: its price of gold.</summary>
/// <remarks>
/// Direction: 1 XAU = x PLN.
/// Published: about 12:15 Warsaw time on Polish working days.
/// Units: one gram of gold, stored per troy ounce.
/// Quirks: at most 93 days a request; a range without a price answers 404.
/// Source: https://api.nbp.pl/en.html
/// </remarks>
public sealed class NbpGold : RateProvider
{
    private static readonly Currency Xau = Currency.Parse("XAU");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => Nbp.Paths(window, "cenyzlota").Select(Get);

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from day in body.Items()
        let perOunce = day.Member("cena").Number() * Metals.GramsPerTroyOunce
        select new Observation(day.Member("data").Day(), new(Xau, Nbp.Pln), perOunce, RateKind.Reference);
}
