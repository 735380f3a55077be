using Rates.Core;
using Rates.Testing;

namespace Rates.Providers.Tests;

/// <summary>Compares what an adapter read with what a person expects of the answer.</summary>
internal static class Comparison
{
    /// <summary>Every difference, one line each: rows that are missing, and figures that nobody expects.</summary>
    /// <param name="folder">Where the answer lies.</param>
    /// <param name="file">The answer.</param>
    /// <param name="home">The provider's own currency.</param>
    /// <param name="read">What was read, under the currencies that the labels mean.</param>
    /// <param name="labels">
    /// Gives the expected rows their meaning, for expectations that name some rows as the publisher does; null for those that name every
    /// row by what it means.
    /// </param>
    public static IReadOnlyList<string> Differences(
        CaptureFolder folder, string file, string home, IReadOnlyList<Observation> read, LabelTable? labels)
    {
        var isHomeFirst = folder.Expected(file).Concat(Unlisted.Rows(folder.Name, file)).All(row => row.Base == home);
        var expected = Meant(folder.Expected(file).Where(row => !LeftOut.Contains(folder.Name, row)), labels)
            .Concat(Unlisted.Rows(folder.Name, file)).ToList();
        var figures = read.ToLookup(Name);
        var missing = expected.Where(row => !figures[Name(row)].Any(observation => Matches(row, observation, isHomeFirst)))
            .Select(row => $"missing: {row}, read: {string.Join(" | ", OfPair(row).Take(6))}");
        IEnumerable<Observation> OfPair(ExpectedRow row) =>
            read.Where(observation => observation.Pair.ToString() == $"{row.Base}/{row.Quote}");

        if (folder.Total(file) is { } total)
        {
            return [.. missing, .. read.Count == total ? Array.Empty<string>() : [$"read {read.Count} figures of {total}"]];
        }

        var known = Meant(folder.Expected(file), labels).Concat(Unlisted.Rows(folder.Name, file)).ToLookup(Name);
        var surplus = read.Where(observation => !known[Name(observation)].Any(row => Matches(row, observation, isHomeFirst)))
            .Select(observation => $"unexpected: {observation}");
        return [.. missing, .. surplus];
    }

    // Rows without a whole day, or with a name that is no code, have no label to resolve.
    private static List<ExpectedRow> Meant(IEnumerable<ExpectedRow> rows, LabelTable? labels) =>
        labels is null ? [.. rows] : [.. rows.GroupBy(row => (row.Kind, HasLabel: HasLabel(row))).SelectMany(group => group.Key.HasLabel
            ? labels.Resolve([.. group.Select(Published)]).Figures.Select(figure => Row(figure, group.First()))
            : group)];

    private static bool HasLabel(ExpectedRow row) => row.Date.Length == 10 && CurrencyPair.TryParse($"{row.Base}/{row.Quote}", out _);

    private static Observation Published(ExpectedRow row) =>
        new(DateOnly.ParseExact(row.Date, "yyyy-MM-dd"), CurrencyPair.Parse($"{row.Base}/{row.Quote}"), row.Rate, RateKind.Mid);

    private static ExpectedRow Row(Observation figure, ExpectedRow like) =>
        new(figure.AsOf.ToString("yyyy-MM-dd"), figure.Pair.Base.Code, figure.Pair.Quote.Code, figure.Rate, like.Kind, like.File);

    // By pair and value, so that an archive of ten thousand days is compared in one pass.
    private static (string, decimal) Name(Observation observation) => (observation.Pair.ToString(), Significant(observation.Rate));

    private static (string, decimal) Name(ExpectedRow row) => ($"{row.Base}/{row.Quote}", Significant(row.Rate));

    private static bool Matches(ExpectedRow row, Observation observation, bool isHomeFirst) =>
        Significant(row.Rate) == Significant(observation.Rate)
        && observation.AsOf.ToString("yyyy-MM-dd").StartsWith(row.Date, StringComparison.Ordinal)
        && Kinds(Side(row, isHomeFirst)).Contains(observation.Kind);

    // A bank buys and sells the foreign currency: where its own stands first, what it buys the other for is the ask of its own.
    private static string Side(ExpectedRow row, bool isHomeFirst) => (isHomeFirst, row.Kind) switch
    {
        (true, "buy") => "ask",
        (true, "sell") => "bid",
        _ => row.Kind,
    };

    // Quotients that do not terminate are given with 28 significant digits.
    private static decimal Significant(decimal rate) => rate >= 1 ? decimal.Round(rate, 20) : decimal.Round(rate, 26);

    private static RateKind[] Kinds(string kind) => kind switch
    {
        "mid" or "metal" or "cross" or "sdr-per-unit" or "unit-per-sdr" =>
            [RateKind.Mid, RateKind.Reference, RateKind.Official, RateKind.Average, RateKind.Last],
        "buy" or "bid" or "metal-buy" => [RateKind.Bid],
        "sell" or "ask" or "metal-sell" => [RateKind.Ask],
        "buy-sight" => [RateKind.SightBid],
        "cash-buy" or "buy-notes" => [RateKind.CashBid],
        "cash-sell" or "sell-notes" => [RateKind.CashAsk],
        "buy-coins" => [RateKind.CoinBid],
        "manual" => [RateKind.CashMid],
        "official" => [RateKind.Official],
        "public" => [RateKind.Segment],
        "special" => [RateKind.Parallel],
        "last" or "convert" or "converted-amount" => [RateKind.Last],
        "close" => [RateKind.Close],
        "open" => [RateKind.Open],
        "high" => [RateKind.High],
        "low" => [RateKind.Low],
        "average" => [RateKind.Average],
        "index" => [RateKind.Index],
        "legacy" => [RateKind.Legacy],
        _ => throw new InvalidOperationException($"expected.csv has the kind '{kind}', which no figure answers to"),
    };
}
