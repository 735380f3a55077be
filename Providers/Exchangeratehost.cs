using Rates.Core;

namespace Rates.Providers;

/// <summary>exchangerate.host, of APILayer: midpoints of some 170 currencies.</summary>
/// <remarks>
/// Direction: 1 base = x quote; today the base is USD and pairs are named <c>USDEUR</c>.
/// Published: through the day, as often as the plan says; <c>timestamp</c> is the instant, its day in UTC is the as-of day.
/// Units: 1.
/// Quirks: until 2023 a free service with <c>base</c>, <c>date</c> and <c>rates</c>; since then a key is wanted, and the answer has the
/// form of currencylayer's; an error is a 200 with <c>success</c> false, at times without a reason.
/// Source: https://exchangerate.host/documentation
/// </remarks>
public sealed class Exchangeratehost : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Select(day => Get(day == window.Today ? "live" : $"historical?date={day.Format()}"));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        ReportedError.ThrowIfAny(body.Json(), Key);
        return body.Json().Optional("quotes") is null ? BaseSheet.Read(body, RateKind.Mid) : PairSheet.Read(body);
    }
}
