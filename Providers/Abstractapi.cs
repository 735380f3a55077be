using Rates.Core;

namespace Rates.Providers;

/// <summary>Abstract API: exchange rates of some 80 currencies.</summary>
/// <remarks>
/// Direction: 1 base = x quote.
/// Published: through the day; <c>last_updated</c> is the instant, its day in UTC is the as-of day; the archive has <c>date</c>.
/// Units: 1.
/// Quirks: the first version of the answer had <c>exchange_rate</c>, and its instant as text.
/// Source: https://docs.abstractapi.com/exchange-rates
/// </remarks>
public sealed class Abstractapi : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Select(day => Get(day == window.Today ? "live/?base=USD" : $"historical?base=USD&date={day.Format()}"));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var answer = body.Json();
        ReportedError.ThrowIfAny(answer, Key);
        var asOf = answer.Optional("date")?.Day()
            ?? DayParser.OfEpoch(decimal.ToInt64((answer.Optional("last_updated") ?? answer.Member("last_updated_unix")).Number()));
        var rates = answer.Optional("exchange_rates") ?? answer.Member("exchange_rate");
        return body.Quotes(rates, answer.Member("base").Code(), asOf.NotAfterAsked(body, "date"), RateKind.Mid);
    }
}
