using Rates.Core;

namespace Rates.Providers;

/// <summary>ValutaFX: the latest rate of a pair, from the service behind its converter.</summary>
/// <remarks>
/// Direction: 1 isoFrom = x isoTo, as the request names them.
/// Published: through the day; <c>UpdatedDateTimeUTC</c> is the instant, its day is the as-of day.
/// Units: <c>Amount</c>, which is 1.
/// Quirks: the pair stands only in HTML for people within the JSON, and in the request; an error is a text in <c>ErrorMessage</c>.
/// Source: https://www.valutafx.com/
/// </remarks>
public sealed class Valutafx : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        from text in Block.Pairs
        let pair = CurrencyPair.Parse(text)
        select Get($"lookup?isoTo={pair.Quote}&isoFrom={pair.Base}&amount=1");

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        ReportedError.ThrowIfAny(body.Json(), Key);
        var pair = new CurrencyPair(Currency.Parse(body.Request.Parameter("isoFrom")), Currency.Parse(body.Request.Parameter("isoTo")));
        return from answer in body.Rows([body.Json()], "rate")
               let at = InstantParser.Parse(answer.Member("UpdatedDateTimeUTC").Text(), "yyyy-MM-dd'T'HH:mm:ss")
               let shown = answer.Member("FormattedRates").Text()
               let rate = shown.Contains($"1 {pair.Base}<", StringComparison.Ordinal) && answer.Member("Amount").Number() == 1
                   ? answer.Member("Rate").Number()
                   : throw new FormatException($"the rate is not for 1 {pair.Base}")
               select new Observation(at.Day(), pair, rate, RateKind.Last) { At = at };
    }
}
