using Rates.Core;

namespace Rates.Providers;

/// <summary>DuckDuckGo's answer to a question for a conversion: the mid of XE.</summary>
/// <remarks>
/// Direction: <c>amount</c> of <c>from</c> = <c>mid</c> of <c>quotecurrency</c>.
/// Published: through the day; <c>timestamp</c> is the instant, its day in UTC is the as-of day.
/// Units: <c>amount</c>.
/// Quirks: the figures are XE's, with ten decimals.
/// Source: https://duckduckgo.com/
/// </remarks>
public sealed class Duckduckgoxe : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        Block.Pairs.Select(pair => CurrencyPair.Parse(pair)).Select(pair => Get($"js/spice/currency_convert/1/{pair.Base}/{pair.Quote}"));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var answer = body.Json();
        ReportedError.ThrowIfAny(answer, Key);
        var (origin, amount) = (answer.Member("from").Code(), answer.Member("amount").Number());
        var at = InstantParser.Parse(answer.Member("timestamp").Text(), "yyyy-MM-dd'T'HH:mm:ss'Z'");
        return from row in body.Items(answer, "to")
               let pair = new CurrencyPair(origin, row.Member("quotecurrency").Code())
               select new Observation(at.Day(), pair, row.Member("mid").Number() / amount, RateKind.Mid) { At = at };
    }
}
