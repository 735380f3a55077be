using static Rates.Core.Tests.Bank;

namespace Rates.Core.Tests;

public sealed class FirstFigureRulesTests
{
    private static readonly CurrencyPair Dollar = CurrencyPair.Parse("EUR/USD");

    [Fact]
    public void A_first_sheet_without_witnesses_is_accepted_and_unconfirmed()
    {
        var verdict = IngestRules.Check(Yesterday, Context(null));

        Assert.Equal(10, verdict.Accepted.Count);
        Assert.Equal(10, verdict.Unconfirmed.Count);
        Assert.Equal(verdict.Unconfirmed.Order(), verdict.Doubtful.Order());
    }

    [Theory]
    [InlineData("2026-04-13 EUR/USD 1.17", null, "confirmed")]
    [InlineData("2026-04-13 USD/EUR 0.86", null, "confirmed")]
    [InlineData("2026-04-13 EUR/USD 1.30", null, "unconfirmed")]
    [InlineData("2026-04-13 EUR/USD 11.634", "2026-04-13 EUR/USD 11.7", "refused")]
    [InlineData("2026-04-13 EUR/USD 11.634", "2026-04-13 EUR/USD 0.2", "unconfirmed")]
    [InlineData("2026-04-13 EUR/USD 11.634", "2026-04-13 EUR/USD 1.16", "confirmed")]
    [InlineData("2026-04-13 EUR/USD 2.00", "2026-04-13 EUR/USD 2.10", "refused")]
    [InlineData("2026-04-13 EUR/USD 2.00", "2026-04-13 EUR/USD 2.1001", "unconfirmed")]
    [InlineData("2026-04-08 EUR/USD 1.17", "2026-04-18 EUR/USD 1.17", "unconfirmed")]
    [InlineData("2026-04-13 GBP/USD 1.16", null, "unconfirmed")]
    public void A_first_figure_is_compared_with_witnesses_of_about_its_day(string one, string? other, string expected)
    {
        var context = Context(null) with { Witnesses = other is null ? Given.Figures(one) : Given.Figures(one, other) };

        var verdict = IngestRules.Check(Yesterday, context);

        Assert.Equal(expected == "unconfirmed", verdict.Unconfirmed.Contains(Dollar));
        Assert.Equal(expected != "refused", verdict.Accepted.Any(row => row.Pair == Dollar));
        Assert.Equal(expected == "refused",
            verdict.Refused.Any(row => row.Reason.StartsWith("first EUR/USD 1.1634", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_first_sheet_ten_times_too_high_is_refused_as_a_whole_with_its_older_days()
    {
        Observation[] tenfold =
        [
            .. Yesterday.Select(row => row with { Rate = row.Rate * 10 }),
            .. Yesterday.Select(row => row with { AsOf = row.AsOf.AddDays(-20), Rate = row.Rate * 10 }),
        ];
        var context = Context(null) with { Witnesses = [.. Yesterday, .. Yesterday.Select(row => row with { Rate = row.Rate * 1.001m })] };

        var verdict = IngestRules.Check(tenfold, context);

        Assert.Empty(verdict.Accepted);
        Assert.Equal(20, verdict.Refused.Count);
    }

    [Fact]
    public void The_shipped_sheet_confirms_a_first_figure_of_the_same_magnitude()
    {
        var shipped = Given.Sheet(Given.Figures("2026-01-13 EUR/USD 1.10", "2026-01-13 EUR/JPY 16.3"));

        var verdict = IngestRules.Check(Yesterday, Context(null) with { Shipped = shipped });

        Assert.DoesNotContain(Dollar, verdict.Unconfirmed);
        Assert.Contains(CurrencyPair.Parse("EUR/JPY"), verdict.Unconfirmed);
    }

    [Fact]
    public void A_second_sheet_of_a_later_day_confirms_and_one_of_the_same_day_does_not()
    {
        var first = Given.Sheet(Yesterday) with { Unconfirmed = [.. Yesterday.Select(row => row.Pair)] };

        Assert.Equal(10, IngestRules.Check(Yesterday, Context(first)).Unconfirmed.Count);
        Assert.Empty(IngestRules.Check(Move("2026-04-14", 1.001m), Context(first)).Unconfirmed);
        Assert.Single(IngestRules.Check(Move("2026-04-14", 1.001m)[..9], Context(first)).Unconfirmed);
    }

    [Fact]
    public void A_new_pair_of_a_known_provider_is_a_first_figure()
    {
        var verdict = IngestRules.Check([.. Move("2026-04-14", 1m), Given.Figure("2026-04-14 EUR/ISK 143")],
            Context(Given.Sheet(Yesterday)));

        Assert.Equal([CurrencyPair.Parse("EUR/ISK")], verdict.Unconfirmed);
    }

    [Fact]
    public void Rates_beside_the_market_may_differ_from_it_but_not_by_a_power_of_ten()
    {
        var official = Context(null) with
        {
            Profile = Given.Profile() with { Category = ProviderCategory.Official },
            Witnesses = Given.Figures("2026-04-13 EUR/NGN 3000", "2026-04-13 EUR/NGN 3010"),
        };

        Assert.Contains(IngestRules.Check(Yesterday, official).Accepted, row => row.Pair.Quote.Code == "NGN");
        Assert.DoesNotContain(
            IngestRules.Check([.. Yesterday.Select(row => row.Pair.Quote.Code == "NGN" ? row with { Rate = 181.055m } : row)],
                official).Accepted,
            row => row.Pair.Quote.Code == "NGN");
    }

    /// <summary>A shipped figure agrees within what passes as a move: 5 % in a day, 15.8115 % in ten days and more.</summary>
    [Theory]
    [InlineData("2026-01-13 EUR/USD 1.0000", true)]
    [InlineData("2026-01-13 EUR/USD 0.9999", false)]
    [InlineData("2026-04-14 EUR/USD 1.1030", true)]
    [InlineData("2026-04-12 EUR/USD 1.1000", false)]
    [InlineData("2026-04-12 EUR/USD 1.1580 Bid", false)]
    [InlineData("2026-04-12 EUR/CHF 1.1580", false)]
    [InlineData("2026-04-12 EUR/USD 0", false)]
    public void A_shipped_figure_confirms_one_of_its_pair_and_kind_within_the_limit_of_a_move(string shipped, bool isConfirmed) =>
        Assert.Equal(isConfirmed, IsConfirmed(
            "2026-04-13 EUR/USD 1.158115", Context(null) with { Shipped = Given.Sheet(Given.Figures(shipped)) }));

    /// <summary>A witness agrees within 5 %, also of a peg, and within the limit of a move where that is wider.</summary>
    [Theory]
    [InlineData("EUR/USD 1.1000", "1.1550", true)]
    [InlineData("EUR/USD 1.1000", "1.1551", false)]
    [InlineData("EUR/DKK 7.0000", "7.3500", true)]
    [InlineData("EUR/DKK 7.0000", "7.3501", false)]
    [InlineData("EUR/NGN 1000.00", "1350.00", true)]
    [InlineData("EUR/NGN 1000.00", "1350.01", false)]
    public void A_witness_confirms_a_first_figure_within_five_percent_or_the_limit_of_a_move(
        string first, string witness, bool isConfirmed) =>
        Assert.Equal(isConfirmed, IsConfirmed(
            $"2026-04-13 {first}", Context(null) with { Witnesses = Given.Figures($"2026-04-13 {first.Split(' ')[0]} {witness}") }));

    [Theory]
    [InlineData(RateKind.Segment, true)]
    [InlineData(RateKind.Parallel, true)]
    [InlineData(RateKind.Legacy, true)]
    [InlineData(RateKind.CashBid, true)]
    [InlineData(RateKind.CashAsk, true)]
    [InlineData(RateKind.Reference, false)]
    [InlineData(RateKind.Bid, false)]
    public void Kinds_beside_the_market_may_differ_from_it(RateKind kind, bool passes)
    {
        var context = Context(null) with { Witnesses = Given.Figures("2026-04-13 EUR/USD 2.00", "2026-04-13 EUR/USD 2.01") };

        Assert.Equal(passes, IsConfirmed($"2026-04-13 EUR/USD 1.10 {kind}", context));
    }

    /// <summary>The sheet before has an older and a newer day of the pair, and two kinds of the newer one.</summary>
    [Theory]
    [InlineData("2026-04-13 EUR/USD 1.16 Bid", "2026-04-13 EUR/USD 1.17 Ask", false)]
    [InlineData("2026-04-13 EUR/USD 1.16 Bid", "2026-04-14 EUR/USD 1.17 Ask", true)]
    [InlineData("2026-04-14 EUR/USD 1.16 Bid", "2026-04-14 EUR/USD 1.17 Ask", true)]
    public void A_second_sheet_has_a_newer_day_than_every_figure_of_the_first(string bid, string ask, bool isConfirmed)
    {
        var first = Given.Sheet(Given.Figures(
            "2026-04-10 EUR/USD 1.16 Bid", "2026-04-13 EUR/USD 1.16 Bid", "2026-04-13 EUR/USD 1.17 Ask")) with { Unconfirmed = [Dollar] };

        Assert.Equal(isConfirmed, IngestRules.Check(Given.Figures(bid, ask), Context(first)).Unconfirmed.Count == 0);
    }

    private static bool IsConfirmed(string line, IngestContext context) =>
        IngestRules.Check(Given.Figures(line), context) is { Accepted.Count: 1, Unconfirmed.Count: 0 };
}
