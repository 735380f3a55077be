using System.Globalization;
using Rates.Core;

namespace Rates.Store;

/// <summary>
/// Builds a readable form of a provider's latest rates for people and dashboards: <c>EUR/USD</c> to <c>1.1412</c>, and beside the pairs
/// <c>@asOf</c>, <c>@fetchedAt</c> and, where nobody has confirmed the rates of some pairs, <c>@unconfirmed</c> with these pairs and spaces
/// between them. Of a pair with rates of several days or kinds it holds one, of the newest day.
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
        SortedSet<string> unconfirmed = new(StringComparer.Ordinal);
        foreach (var figure in Headline.Of(sheet).OrderBy(figure => figure.AsOf))
        {
            var pair = figure.Pair.ToString();
            fields[pair] = figure.Rate.ToString(CultureInfo.InvariantCulture);

            // The newest day is last.
            _ = figure.IsUnconfirmed ? unconfirmed.Add(pair) : unconfirmed.Remove(pair);
        }

        if (unconfirmed.Count > 0)
        {
            fields["@unconfirmed"] = string.Join(' ', unconfirmed);
        }

        return fields;
    }
}
