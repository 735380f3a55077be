using System.Text.Json;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Reads the form that many services share: an object that has a figure for each currency, all against one base.</summary>
internal static class QuoteMap
{
    extension(ProviderBody body)
    {
        /// <summary>The figures of <paramref name="rates"/>, each for 1 <paramref name="origin"/>.</summary>
        /// <param name="rates">The object; its member names are currency codes.</param>
        /// <param name="origin">The base of all pairs.</param>
        /// <param name="asOf">The day of all figures.</param>
        /// <param name="kind">The kind of all figures.</param>
        /// <param name="at">The instant that the answer gives; null for none.</param>
        public RowQuery<Observation> Quotes(
            JsonElement rates, Currency origin, DateOnly asOf, RateKind kind, DateTimeOffset? at = null) =>
            from rate in body.Members(rates)
            select new Observation(asOf, new(origin, Currency.Parse(rate.Name)), rate.Value.Number(), kind) { At = at };
    }
}
