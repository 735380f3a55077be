using Rates.Core;

namespace Rates.Providers;

/// <summary>Bank Negara Malaysia: the interbank rates of the ringgit, of the session of 12:00.</summary>
/// <remarks>
/// Direction: <c>unit</c> foreign = x MYR, buying, selling and middle.
/// Published: for the session of 12:00 Kuala Lumpur time on Malaysian banking days.
/// Units: the <c>unit</c> member, 1 or 100.
/// Quirks: as of the session of 09:00; no answer of this session has been recorded.
/// Source: https://apikijangportal.bnm.gov.my/
/// </remarks>
public sealed class BnmAt1200 : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => Bnm.Paths(window, "1200").Select(Get);

    protected override bool IsNoData(ProviderBody body) => Bnm.IsEmpty(body);

    protected override IEnumerable<Observation> Parse(ProviderBody body) => Bnm.Rows(body, "1200");
}
