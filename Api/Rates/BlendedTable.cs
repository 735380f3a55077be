namespace Rates.Api;

/// <summary>Converts an answer of combined rates to rows and columns, for CSV, XML and NDJSON.</summary>
internal static class BlendedTable
{
    /// <summary>One row per quote.</summary>
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

        return table;
    }
}
