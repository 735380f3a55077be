using System.Text.Json;
using Rates.Core;

namespace Rates.Providers;

/// <summary>1Forge: the latest price, bid and ask of pairs.</summary>
/// <remarks>
/// Direction: EUR/USD is 1 EUR = x USD.
/// Published: through the day while the currency market is open; the instant is in seconds since 1970.
/// Units: 1.
/// Quirks: the members are <c>s</c>, <c>p</c>, <c>b</c>, <c>a</c> and <c>t</c>, and were whole words before; a pair was written EURUSD
/// then; the first form had no bid and ask; an unknown pair is left out, and an answer without a pair is an empty list.
/// Source: https://1forge.com/api
/// </remarks>
public sealed class Forge : RateProvider
{
    private static readonly (string Short, string Long, RateKind Kind)[] Figures =
        [("p", "price", RateKind.Mid), ("b", "bid", RateKind.Bid), ("a", "ask", RateKind.Ask)];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get($"quotes?pairs={string.Join(',', Block.Pairs)}")];

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        ReportedError.ThrowIfAny(body.Json(), Key);
        return from row in body.Items()
               let symbol = (row.Optional("s") ?? row.Member("symbol")).Text()
               let pair = symbol.Contains('/') ? CurrencyPair.Parse(symbol) : SixLetters.Pair(symbol)
               let at = (row.Optional("t") ?? row.Member("timestamp")).Instant()
               from figure in Prices(row)
               select new Observation(at.Day(), pair, figure.Rate, figure.Kind) { At = at };
    }

    // Only the price itself is there in every form.
    private static IEnumerable<(decimal Rate, RateKind Kind)> Prices(JsonElement row) =>
        from figure in Figures
        let price = row.Optional(figure.Short) ?? row.Optional(figure.Long)
        where price is not null || (figure.Kind == RateKind.Mid ? throw new FormatException("'p' is missing") : false)
        select (price.Value.Number(), figure.Kind);
}
