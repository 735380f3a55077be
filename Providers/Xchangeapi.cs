using Rates.Core;

namespace Rates.Providers;

/// <summary>xChangeApi: midpoints of some 30 currencies, metals and crypto assets.</summary>
/// <remarks>
/// Direction: 1 base = x quote.
/// Published: through the day; <c>timestamp</c> is the instant, its day in UTC is the as-of day.
/// Units: 1.
/// Quirks: an error is an object with <c>message</c>; the one recorded answer has metals and crypto assets the other way round, in units
/// that are stated nowhere, and a wrong kuna.
/// Source: https://xchangeapi.com/
/// </remarks>
public sealed class Xchangeapi : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get("latest?base=USD")];

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        ReportedError.ThrowIfAny(body.Json(), Key);
        return BaseSheet.Read(body, RateKind.Mid);
    }
}
