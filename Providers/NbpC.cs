using Rates.Core;

namespace Rates.Providers;

/// <summary>Narodowy Bank Polski: the rates of table C, at which it buys and sells.</summary>
/// <remarks>
/// Direction: 1 foreign = x PLN, bid and ask.
/// Published: about 08:15 Warsaw time on Polish working days, from prices of the working day before.
/// Units: 1.
/// Quirks: at most 93 days a request; a range without a table answers 404; each table has its day of effect and the day of its prices.
/// Source: https://api.nbp.pl/en.html
/// </remarks>
public sealed class NbpC : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => Nbp.Paths(window, "exchangerates/tables/C").Select(Get);

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        Nbp.Table(body, "C", ("bid", RateKind.Bid), ("ask", RateKind.Ask));
}
