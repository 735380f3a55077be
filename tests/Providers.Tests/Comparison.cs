using Rates.Core;

namespace Rates.Providers.Tests;

/// <summary>Compares what an adapter read with what a person expects of the answer.</summary>
internal static class Comparison
{
    /// <summary>Every difference, one line each: rows that are missing, and figures that nobody expects.</summary>
    public static IReadOnlyList<string> Differences(CaptureFolder folder, string file, IReadOnlyList<Observation> read)
    {
        var expected = folder.Expected(file).Where(row => !LeftOut.Contains(folder.Name, row)).ToList();
        var figures = read.ToLookup(Name);
        var missing = expected.Where(row => !figures[Name(row)].Any(observation => Matches(row, observation)))
            .Select(row => $"missing: {row}, read: {string.Join(" | ", figures[Name(row)].Take(6))}");
        if (folder.Total(file) is { } total)
        {
            return [.. missing, .. read.Count == total ? Array.Empty<string>() : [$"read {read.Count} figures of {total}"]];
        }

        var known = folder.Expected(file).Concat(Unlisted.Rows(folder.Name, file)).ToLookup(Name);
        var surplus = read.Where(observation => !known[Name(observation)].Any(row => Matches(row, observation)))
            .Select(observation => $"unexpected: {observation}");
        return [.. missing, .. surplus];
    }

    private static string Name(Observation observation) => observation.Pair.ToString();

    private static string Name(ExpectedRow row) => $"{row.Base}/{row.Quote}";

    private static bool Matches(ExpectedRow row, Observation observation) =>
        Significant(row.Rate) == Significant(observation.Rate)
        && observation.AsOf.ToString("yyyy-MM-dd").StartsWith(row.Date, StringComparison.Ordinal)
        && Kinds(row.Kind).Contains(observation.Kind);

    // Quotients that do not terminate are given with 28 significant digits.
    private static decimal Significant(decimal rate) => rate >= 1 ? decimal.Round(rate, 20) : decimal.Round(rate, 26);

    private static RateKind[] Kinds(string kind) => kind switch
    {
        "mid" or "metal" or "cross" or "sdr-per-unit" or "unit-per-sdr" => [RateKind.Mid, RateKind.Reference, RateKind.Official, RateKind.Average, RateKind.Last],
        "buy" or "bid" or "metal-buy" => [RateKind.Bid],
        "sell" or "ask" or "metal-sell" => [RateKind.Ask],
        "cash-buy" or "buy-notes" => [RateKind.CashBid],
        "cash-sell" or "sell-notes" => [RateKind.CashAsk],
        "official" => [RateKind.Official],
        "public" => [RateKind.Segment],
        "special" => [RateKind.Parallel],
        "last" or "convert" or "converted-amount" => [RateKind.Last],
        "close" => [RateKind.Close],
        "average" => [RateKind.Average],
        "index" => [RateKind.Index],
        "legacy" => [RateKind.Legacy],
        _ => throw new InvalidOperationException($"expected.csv has the kind '{kind}', which no figure answers to"),
    };
}
