using System.Globalization;
using Rates.Core;

namespace Rates.Store;

/// <summary>
/// Builds a readable form of a provider's latest rates for people and dashboards: <c>EUR/USD</c> to <c>1.1412</c>, and beside the pairs
/// <c>@asOf</c> and <c>@fetchedAt</c>. Of a pair with rates of several days or kinds it holds one, of the newest day.
/// </summary>
internal static class LatestProjection
{
    /// <summary>Every field with its text.</summary>
    public static IReadOnlyDictionary<string, string> Of(RateSheet sheet)
    {
        Dictionary<string, string> fields = new()
        {
            ["@asOf"] = StoreFormat.Text(sheet.AsOf),
            ["@fetchedAt"] = StoreFormat.Text(sheet.FetchedAt),
        };
        foreach (var figure in Headline.Of(sheet).OrderBy(figure => figure.AsOf))
        {
            fields[figure.Pair.ToString()] = figure.Rate.ToString(CultureInfo.InvariantCulture);
        }

        return fields;
    }
}
