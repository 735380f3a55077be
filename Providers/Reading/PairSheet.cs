using Rates.Core;

namespace Rates.Providers;

/// <summary>
/// Reads the form that currencylayer made common: <c>source</c>, <c>timestamp</c>, and <c>quotes</c> with a figure for each pair, such as
/// <c>USDEUR</c>.
/// </summary>
internal static class PairSheet
{
    /// <summary>
    /// The figures, each for 1 <c>source</c>. The day is <c>date</c>, or that of <c>timestamp</c> in UTC where there is no date.
    /// </summary>
    /// <param name="body">The answer; the figures may not be of a later day than its request's parameter <c>date</c>.</param>
    /// <exception cref="FormatException">The answer is not of that form.</exception>
    public static RowQuery<Observation> Read(ProviderBody body)
    {
        var answer = body.Json();
        var source = answer.Member("source").Code();
        var at = answer.Member("timestamp").Instant();
        var asOf = (answer.Optional("date")?.Day() ?? at.Day()).NotAfterAsked(body, "date");
        return from quote in body.Members(answer.Member("quotes"))
               let pair = SixLetters.Pair(quote.Name)
               select pair.Base == source
                   ? new Observation(asOf, pair, quote.Value.Number(), RateKind.Mid) { At = at }
                   : throw new FormatException($"'{quote.Name}' is no pair of the source {source}");
    }
}
