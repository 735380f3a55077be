using Rates.Core;

namespace Rates.Providers;

/// <summary>exchangeratesapi.io, of APILayer: midpoints of some 170 currencies.</summary>
/// <remarks>
/// Direction: 1 base = x quote; the base is EUR, unless the plan allows another.
/// Published: through the day, as often as the plan says; <c>timestamp</c> is the instant, <c>date</c> its day in UTC.
/// Units: 1.
/// Quirks: errors have had three forms, each told as it stands; until 2021 a free service that repeated the ECB's rates without a
/// <c>timestamp</c>. Plans without TLS want http.
/// Source: https://exchangeratesapi.io/documentation/
/// </remarks>
public sealed class Exchangeratesapi : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Select(day => Get(day == window.Today ? "latest" : day.Format()));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        ReportedError.ThrowIfAny(body.Json(), Key);
        return BaseSheet.Read(body, RateKind.Mid);
    }
}
