using Rates.Core;

namespace Rates.Providers;

/// <summary>currencylayer, of APILayer: midpoints of some 168 currencies against the dollar.</summary>
/// <remarks>
/// Direction: <c>USDEUR</c> is 1 USD = x EUR.
/// Published: through the day, as often as the plan says; <c>timestamp</c> is the instant, its day in UTC is the as-of day.
/// Units: 1.
/// Quirks: an error is a 200 with <c>success</c> false; an answer from the archive has the last second of its day. Plans without TLS want
/// http.
/// Source: https://currencylayer.com/documentation
/// </remarks>
public sealed class Currencylayer : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Select(day => Get(day == window.Today ? "live" : $"historical?date={day.Format()}"));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        ReportedError.ThrowIfAny(body.Json(), Key);
        return PairSheet.Read(body);
    }
}
