using Rates.Core;

namespace Rates.Providers;

/// <summary>Bank Negara Malaysia: the interbank rates of the ringgit, of the session of 11:30.</summary>
/// <remarks>
/// Direction: <c>unit</c> foreign = x MYR, buying and selling.
/// Published: for the session of 11:30 Kuala Lumpur time on Malaysian banking days.
/// Units: the <c>unit</c> member, 1 or 100.
/// Quirks: the session has some of the currencies only, and no middle; figures carry the noise of a binary float.
/// Source: https://apikijangportal.bnm.gov.my/
/// </remarks>
public sealed class BnmAt1130 : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => Bnm.Paths(window, "1130").Select(Get);

    protected override bool IsNoData(ProviderBody body) => Bnm.IsEmpty(body);

    protected override IEnumerable<Observation> Parse(ProviderBody body) => Bnm.Rows(body, "1130");
}
