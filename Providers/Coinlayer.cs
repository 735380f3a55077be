using System.Text.Json;
using Rates.Core;

namespace Rates.Providers;

/// <summary>coinlayer: prices of crypto assets, averaged over exchanges.</summary>
/// <remarks>
/// Direction: 1 of the asset = x of <c>target</c>, the opposite of its sister services; of a conversion 1 <c>from</c> = <c>rate</c>
/// <c>to</c>.
/// Published: every few minutes; the day of <c>timestamp</c> in UTC is the as-of day.
/// Units: 1.
/// Quirks: small figures have an exponent; assets whose symbols are not three letters are left out; an error comes with status 200.
/// Source: https://coinlayer.com/documentation
/// </remarks>
public sealed class Coinlayer : RateProvider
{
    private const string Assets = "BTC,ETH,XRP,LTC,BCH,ADA,SOL,DOT,BNB,TRX,XLM,XMR,ETC,ZEC";

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Select(day => Get($"{(day == window.Today ? "live" : day.Format())}?target=USD&symbols={Assets}"));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var answer = body.Json();
        ReportedError.ThrowIfAny(answer, Key);
        if (answer.Optional("query") is { } query)
        {
            return [Converted(query, answer.Member("info"))];
        }

        var (target, at) = (answer.Member("target").Code(), answer.Member("timestamp").Instant());
        return from rate in body.Members(answer.Member("rates"))
               where Currency.TryParse(rate.Name, out _)
               select new Observation(at.Day(), new(Currency.Parse(rate.Name), target), rate.Value.Number(), RateKind.Last) { At = at };
    }

    private static Observation Converted(JsonElement query, JsonElement info)
    {
        var at = info.Member("timestamp").Instant();
        var pair = new CurrencyPair(query.Member("from").Code(), query.Member("to").Code());
        return new(at.Day(), pair, info.Member("rate").Number(), RateKind.Last) { At = at };
    }
}
