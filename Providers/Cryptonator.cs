using Rates.Core;

namespace Rates.Providers;

/// <summary>
/// Reads recorded answers of Cryptonator, which no longer answers since 2023: the price of one pair each. Nothing is fetched any more.
/// </summary>
/// <remarks>
/// Direction: 1 <c>base</c> = <c>price</c> <c>target</c>.
/// Published: every 30 seconds; the day of <c>timestamp</c> in UTC is the as-of day.
/// Units: 1.
/// Quirks: figures are texts; an error comes with status 200.
/// Source: https://www.cryptonator.com/api
/// </remarks>
public sealed class Cryptonator : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        Block.Pairs.Select(pair => CurrencyPair.Parse(pair))
            .Select(pair => Get($"ticker/{pair.Base.Code.ToLowerInvariant()}-{pair.Quote.Code.ToLowerInvariant()}"));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var answer = body.Json();
        ReportedError.ThrowIfAny(answer, Key);
        var at = answer.Member("timestamp").Instant();
        return from ticker in body.Rows([answer.Member("ticker")])
               let pair = new CurrencyPair(ticker.Member("base").Code(), ticker.Member("target").Code())
               select new Observation(at.Day(), pair, ticker.Member("price").Number(), RateKind.Last) { At = at };
    }
}
