using System.Text.Json;
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

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var answer = body.Json();
        if (answer.Optional("result")?.Text() is { } result and not "success")
        {
            throw new FormatException($"{result}: {answer.Optional("error-type")?.Text()}");
        }

        var origin = (answer.Optional("base_code") ?? answer.Member("base")).Code();
        var at = (answer.Optional("time_last_update_unix") ?? answer.Member("time_last_updated")).Instant();
        var asOf = DateOnly.FromDateTime(at.UtcDateTime);
        return from quote in body.Rows(Quotes(answer), "rate", quote => quote.Label)
               select new Observation(asOf, new(origin, Currency.Parse(quote.Label)), quote.Rate.Number(), RateKind.Mid) { At = at };
    }

    private static IEnumerable<(string Label, JsonElement Rate)> Quotes(JsonElement answer) => answer.Optional("target_code") is { } target
        ? [(target.Text(), answer.Member("conversion_rate"))]
        : answer.Member("rates").Members().Select(rate => (rate.Name, rate.Value));
}
