using Rates.Core;

namespace Rates.Api;

/// <summary>
/// Converts a blended answer (a median, mean or other combination of several providers) to rows and columns, for CSV, XML and NDJSON.
/// </summary>
internal static class BlendedTable
{
    /// <summary>One row per quote; without a rate, and with the reason in <c>note</c>, where there is none.</summary>
    public static RowTable Of(BlendedRates answer)
    {
        string[] rule = answer.Policy is null ? [] : ["rule"];
        var table = new RowTable(
            "rates", "rate",
            [
                "base", "quote", "select", "rate", "status", "newest", "oldest", "count", "min", "max", "spread", "providers", "outliers",
                "note", "unconfirmed", .. rule,
            ]);
        foreach (var (quote, rate) in answer.Rates)
        {
            Cell[] given = answer.Policy is null ? [] : [rate.Rule];
            table.Add(
            [
                answer.Base,
                quote,
                answer.Select,
                rate.Rate,
                rate.Status,
                rate.Newest,
                rate.Oldest,
                rate.Count,
                rate.Min,
                rate.Max,
                rate.Spread,
                Cell.OfList(rate.Providers),
                Cell.OfList([.. rate.Outliers.Select(outlier => outlier.Provider)]),
                rate.Note,
                rate.Unconfirmed,
                .. given,
            ]);
        }

        foreach (var (quote, note) in answer.Lacking)
        {
            Cell none = default;
            Cell[] given = answer.Policy is null ? [] : [none];
            table.Add(
            [
                answer.Base, quote, answer.Select, none, StalenessStatus.Missing.ToText(), none, none, none, none, none, none, none, none,
                note, none, .. given,
            ]);
        }

        return table;
    }
}
