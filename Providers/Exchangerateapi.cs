using Rates.Core;

namespace Rates.Providers;

/// <summary>ExchangeRate-API with a key: one blended rate a day for some 160 currencies, and more often on larger plans.</summary>
/// <remarks>
/// Direction: 1 <c>base_code</c> = x quote.
/// Published: just after midnight UTC; the answer states when, and when the next one comes.
/// Units: 1.
/// Quirks: figures of the same origin as <see cref="Erapi"/>; the rates are in <c>conversion_rates</c>; FOK, GGP, IMP, JEP, KID and TVD are
/// codes of its own; the base stands among the quotes as 1; an error is a 200 with <c>result</c> error.
/// Source: https://www.exchangerate-api.com/docs/standard-requests
/// </remarks>
public sealed class Exchangerateapi : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get("v6/latest/EUR")];

    protected override IEnumerable<Observation> Parse(ProviderBody body) => ErapiAnswer.Read(body, Key);
}
