using Rates.Core;

namespace Rates.Providers;

/// <summary>fastFOREX: the latest rate of a pair.</summary>
/// <remarks>
/// Direction: 1 base = x quote.
/// Published: through the day; <c>updated</c> is the instant in UTC, its day is the as-of day.
/// Units: 1.
/// Quirks: an error is an object with <c>error</c>.
/// Source: https://fastforex.readme.io/
/// </remarks>
public sealed class Fastforex : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        from text in Block.Pairs
        let pair = CurrencyPair.Parse(text)
        select Get($"fetch-one?from={pair.Base}&to={pair.Quote}");

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var answer = body.Json();
        ReportedError.ThrowIfAny(answer, Key);
        var at = InstantParser.Parse(answer.Member("updated").Text(), "yyyy-MM-dd HH:mm:ss");
        return body.Quotes(answer.Member("result"), answer.Member("base").Code(), at.Day(), RateKind.Mid, at);
    }
}
