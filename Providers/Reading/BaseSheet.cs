using Rates.Core;

namespace Rates.Providers;

/// <summary>
/// Reads the form that Fixer made common: <c>base</c>, <c>date</c>, <c>timestamp</c>, and <c>rates</c> with a figure for each currency.
/// </summary>
internal static class BaseSheet
{
    /// <summary>
    /// The figures, each for 1 <c>base</c>. The day is <c>date</c>, or that of <c>timestamp</c> in UTC where there is no date.
    /// </summary>
    /// <param name="body">The answer; where its address ends in a day, the figures may not be of a later one.</param>
    /// <param name="kind">The kind of all figures.</param>
    /// <exception cref="FormatException">The answer is not of that form.</exception>
    public static RowQuery<Observation> Read(ProviderBody body, RateKind kind)
    {
        var answer = body.Json();
        var at = answer.Optional("timestamp")?.Instant();
        var asOf = answer.Optional("date")?.Day() ?? at?.Day() ?? throw new FormatException("'date' is missing");
        return body.Quotes(answer.Member("rates"), answer.Member("base").Code(), asOf.NotAfterAsked(body.Request), kind, at);
    }
}
