using System.Text.Json;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Wise: the mid-market rates that its transfers are priced from.</summary>
/// <remarks>
/// Direction: 1 <c>source</c> = rate <c>target</c>.
/// Published: through the day, every day; each figure has its own instant, whose day in UTC is the as-of day.
/// Units: 1.
/// Quirks: an instant is written with <c>+0000</c>; an unknown pair is an empty list; the answer needs a token of the platform.
/// Source: https://docs.wise.com/api-reference/rate
/// </remarks>
public sealed class Wise : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get("v1/rates?source=EUR")];

    protected override bool IsNoData(ProviderBody body) =>
        body.Json() is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 0;

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        if (body.Json().ValueKind == JsonValueKind.Object)
        {
            ReportedError.ThrowIfAny(body.Json(), Key);
        }

        return from row in body.Items()
               let at = InstantParser.Parse(row.Member("time").Text(), "yyyy-MM-dd'T'HH:mm:sszzz")
               let pair = new CurrencyPair(row.Member("source").Code(), row.Member("target").Code())
               select new Observation(at.Day(), pair, row.Member("rate").Number(), RateKind.Mid) { At = at };
    }
}
