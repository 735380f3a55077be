using Rates.Core;

namespace Rates.Providers;

/// <summary>Bank Negara Malaysia: the interbank rates of the ringgit, of the session of 17:00.</summary>
/// <remarks>
/// Direction: <c>unit</c> foreign = x MYR, buying, selling and middle.
/// Published: for the session of 17:00 Kuala Lumpur time on Malaysian banking days.
/// Units: the <c>unit</c> member, 1 or 100.
/// Quirks: the service answers this session where none is named; figures carry the noise of a binary float.
/// Source: https://apikijangportal.bnm.gov.my/
/// </remarks>
public sealed class BnmAt1700 : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => Bnm.Paths(window, "1700").Select(Get);

    protected override bool IsNoData(ProviderBody body) => Bnm.IsEmpty(body);

    protected override IEnumerable<Observation> Parse(ProviderBody body) => Bnm.Rows(body, "1700");
}
