using Rates.Core;

namespace Rates.Providers;

/// <summary>Narodowy Bank Polski: the average rates of table B, the currencies that are traded less.</summary>
/// <remarks>
/// Direction: 1 foreign = x PLN.
/// Published: about 12:15 Warsaw time on Wednesdays.
/// Units: 1.
/// Quirks: at most 93 days a request; a range without a table answers 404.
/// Source: https://api.nbp.pl/en.html
/// </remarks>
public sealed class NbpB : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => Nbp.Paths(window, "exchangerates/tables/B").Select(Get);

    protected override IEnumerable<Observation> Parse(ProviderBody body) => Nbp.Table(body, "B", ("mid", RateKind.Reference));
}
