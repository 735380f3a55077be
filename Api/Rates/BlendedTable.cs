using System.Globalization;

namespace Rates.Api;

/// <summary>Combined rates as rows.</summary>
internal static class BlendedTable
{
    /// <summary>One row per quote.</summary>
    public static RowTable Of(BlendedRates answer)
    {
        var table = new RowTable(
            "rates", "rate", "base", "quote", "select", "#rate", "asOf", "#count", "#min", "#max", "#spread",
            "providers", "outliers", "note");
        foreach (var (quote, rate) in answer.Rates)
        {
            table.Add(
                answer.Base,
                quote,
                answer.Select,
                rate.Rate?.ToText(),
                rate.AsOf,
                rate.Count.ToString(CultureInfo.InvariantCulture),
                rate.Min.ToText(),
                rate.Max.ToText(),
                rate.Spread.ToText(),
                string.Join(' ', rate.Providers),
                rate.Outliers.Count > 0 ? string.Join(' ', rate.Outliers.Select(outlier => outlier.Provider)) : null,
                rate.Note);
        }

        return table;
    }
}
