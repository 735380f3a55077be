using System.Globalization;
using Rates.Core;

namespace Rates.Store;

/// <summary>
/// Builds the readable form of a sheet for people and dashboards: <c>EUR/USD</c> to <c>1.1412</c>, and beside the pairs <c>@asOf</c> and
/// <c>@fetchedAt</c>. Of a pair with figures of several days or kinds it holds the newest day's headline.
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
