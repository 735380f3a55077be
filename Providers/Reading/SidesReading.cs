using System.Text.Json;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Reads rows that carry several rates of one pair, such as bid and ask, each in a member or column of its own.</summary>
internal static class SidesReading
{
    extension(JsonElement row)
    {
        /// <summary>
        /// The figures of the row, for 1 base unit. Every member must be there; null, blank and zero ones are sides not quoted.
        /// </summary>
        public IEnumerable<Observation> Sides(
            DateOnly asOf,
            CurrencyPair pair,
            IEnumerable<(string Member, RateKind Kind)> members,
            decimal units = 1,
            NumberForm form = NumberForm.Point) =>
            Figures(asOf, pair, members, units, member => row.Member(member).NumberOrNull(form));
    }

    extension(HtmlRow row)
    {
        /// <summary>
        /// The figures of the row, for 1 base unit. Every column must be there; blank and zero ones are sides not quoted.
        /// </summary>
        public IEnumerable<Observation> Sides(
            DateOnly asOf,
            CurrencyPair pair,
            IEnumerable<(string Heading, RateKind Kind)> columns,
            decimal units = 1,
            NumberForm form = NumberForm.Point) =>
            Figures(asOf, pair, columns, units, heading => RateNumber.ParseOrNull(row[heading], form));
    }

    private static IEnumerable<Observation> Figures(
        DateOnly asOf, CurrencyPair pair, IEnumerable<(string Name, RateKind Kind)> sides, decimal units, Func<string, decimal?> read) =>
        from side in sides
        let rate = read(side.Name)
        where rate is not (null or 0)
        select new Observation(asOf, pair, rate.Value / units, side.Kind);
}
