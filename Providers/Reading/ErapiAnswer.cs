using System.Text.Json;
using Rates.Core;

namespace Rates.Providers;

/// <summary>
/// Reads the answers of ExchangeRate-API, with a key and without: three generations of one form, and that of a single pair.
/// </summary>
internal static class ErapiAnswer
{
    /// <summary>The figures of an answer.</summary>
    /// <param name="body">The answer.</param>
    /// <param name="provider">The key of the provider, for the message of a reported error.</param>
    /// <exception cref="ProviderException">The answer reports an error.</exception>
    public static IEnumerable<Observation> Read(ProviderBody body, string provider)
    {
        var answer = body.Json();
        ReportedError.ThrowIfAny(answer, provider);
        var origin = (answer.Optional("base_code") ?? answer.Member("base")).Code();
        var at = (answer.Optional("time_last_update_unix") ?? answer.Member("time_last_updated")).Instant();
        return from quote in body.Rows(Quotes(answer), "rate", quote => quote.Label)
               select new Observation(at.Day(), new(origin, Currency.Parse(quote.Label)), quote.Rate.Number(), RateKind.Mid) { At = at };
    }

    private static IEnumerable<(string Label, JsonElement Rate)> Quotes(JsonElement answer) => answer.Optional("target_code") is { } target
        ? [(target.Text(), answer.Member("conversion_rate"))]
        : (answer.Optional("conversion_rates") ?? answer.Member("rates")).Members().Select(rate => (rate.Name, rate.Value));
}
