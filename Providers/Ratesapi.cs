using Rates.Core;

namespace Rates.Providers;

/// <summary>ratesapi.io: the ECB's reference rates, also crossed to other bases, until the service ended.</summary>
/// <remarks>
/// Direction: 1 base = x quote.
/// Published: after the ECB's rates; <c>date</c> is the ECB's day.
/// Units: 1.
/// Quirks: crosses have ten decimals; the base stands among the quotes as 1; the order of the quotes is random.
/// Source: https://ratesapi.io/documentation/
/// </remarks>
public sealed class Ratesapi : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => window.Days().Select(day => Get(day.Format()));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        ReportedError.ThrowIfAny(body.Json(), Key);
        return BaseSheet.Read(body, RateKind.Reference);
    }
}
