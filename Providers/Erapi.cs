using Rates.Core;

namespace Rates.Providers;

/// <summary>ExchangeRate-API, the open endpoint: one blended rate a day for some 160 currencies.</summary>
/// <remarks>
/// Direction: 1 <c>base_code</c> = x quote.
/// Published: once a day, just after midnight UTC; the answer states when, and when the next one comes.
/// Units: 1.
/// Quirks: three generations of one answer (v4 <c>base</c> and <c>date</c>, v6 with instants, v6 of a single pair); FOK, GGP, IMP, JEP,
/// KID and TVD are codes of its own; the base stands among the quotes as 1; an error is a 200 with <c>result</c> error.
/// Source: https://www.exchangerate-api.com/docs/free
/// </remarks>
public sealed class Erapi : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get("v6/latest/EUR")];

    protected override IEnumerable<Observation> Parse(ProviderBody body) => ErapiAnswer.Read(body, Key);
}
