using static Rates.Core.Tests.Bank;

namespace Rates.Core.Tests;

/// <summary>How far first figures may lie from shipped ones, witnesses and a second sheet.</summary>
public sealed partial class FirstFigureRulesTests
{
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
        Assert.Equal(isConfirmed ? "confirmed" : "unconfirmed", Verdict(
            "2026-04-13 EUR/USD 1.158115", Context(null) with { Shipped = Given.Sheet(Given.Figures(shipped)) }));

    /// <summary>One witness within 3 % confirms; two beyond 5 %, or beyond the limit of a move where that is wider, contradict.</summary>
    [Theory]
    [InlineData("EUR/USD 1.1000", "1.1330", "confirmed")]
    [InlineData("EUR/USD 1.1000", "1.1331", "unconfirmed")]
    [InlineData("EUR/USD 1.1000", "1.1550 1.1551", "unconfirmed")]
    [InlineData("EUR/USD 1.1000", "1.1551 1.1551", "refused")]
    [InlineData("EUR/USD 1.1000", "1.1551 1.2129", "unconfirmed")]
    [InlineData("EUR/DKK 7.0000", "7.2100", "confirmed")]
    [InlineData("EUR/DKK 7.0000", "7.3500 7.3501", "unconfirmed")]
    [InlineData("EUR/DKK 7.0000", "7.3501 7.3501", "refused")]
    [InlineData("EUR/NGN 1000.00", "1030.00", "confirmed")]
    [InlineData("EUR/NGN 1000.00", "1350.00 1350.01", "unconfirmed")]
    [InlineData("EUR/NGN 1000.00", "1350.01 1350.01", "refused")]
    public void How_near_witnesses_are_decides_about_a_first_figure(string first, string witnesses, string verdict)
    {
        var figures = witnesses.Split(' ').Select(witness => Given.Figure($"2026-04-13 {first.Split(' ')[0]} {witness}"));

        Assert.Equal(verdict, Verdict($"2026-04-13 {first}", Context(null) with { Witnesses = [.. figures] }));
    }

    [Fact]
    public void An_official_figure_that_is_published_already_needs_a_witness_as_near_as_any_other()
    {
        var published = Given.Figures("2026-04-13 EUR/USD 1.1000", "2026-04-13 EUR/GBP 0.8600");
        var context = Context(Given.Sheet(published)) with
        {
            Profile = Given.Profile() with { Category = ProviderCategory.Official },
            Witnesses = Given.Figures("2026-04-13 EUR/USD 1.2000"),
        };

        Assert.Equal(FirstFigure.Unconfirmed, FirstFigureRules.Judge(published[0], context));
        Assert.Equal(FirstFigure.Confirmed, FirstFigureRules.Judge(published[0], context with { Previous = null }));
    }

    [Fact]
    public void A_refused_first_figure_says_that_others_agree_on_another()
    {
        var context = Context(null) with { Witnesses = Given.Figures("2026-04-13 EUR/USD 2.00", "2026-04-13 EUR/USD 2.01") };

        var refused = Assert.Single(IngestRules.Check(Given.Figures("2026-04-13 EUR/USD 1.10"), context).Refused);

        Assert.Equal("first EUR/USD 1.10 on 2026-04-13: other providers agree on another figure", refused.Reason);
    }

    [Theory]
    [InlineData(RateKind.Segment, "unconfirmed")]
    [InlineData(RateKind.Parallel, "unconfirmed")]
    [InlineData(RateKind.Legacy, "confirmed")]
    [InlineData(RateKind.CashBid, "confirmed")]
    [InlineData(RateKind.CashAsk, "confirmed")]
    [InlineData(RateKind.CashMid, "confirmed")]
    [InlineData(RateKind.CoinBid, "confirmed")]
    [InlineData(RateKind.CoinAsk, "confirmed")]
    [InlineData(RateKind.Reference, "refused")]
    [InlineData(RateKind.Bid, "refused")]
    public void Kinds_beside_the_market_may_differ_from_it(RateKind kind, string verdict)
    {
        var context = Context(null) with { Witnesses = Given.Figures("2026-04-13 EUR/USD 2.00", "2026-04-13 EUR/USD 2.01") };

        Assert.Equal(verdict, Verdict($"2026-04-13 EUR/USD 1.10 {kind}", context));
    }

    /// <summary>The sheet before has an older and a newer day of the pair, and two kinds of the newer one.</summary>
    [Theory]
    [InlineData("2026-04-13 EUR/USD 1.16 Bid", "2026-04-13 EUR/USD 1.17 Ask", false)]
    [InlineData("2026-04-13 EUR/USD 1.16 Bid", "2026-04-14 EUR/USD 1.17 Ask", true)]
    [InlineData("2026-04-14 EUR/USD 1.16 Bid", "2026-04-14 EUR/USD 1.17 Ask", true)]
    public void A_second_sheet_has_a_newer_day_than_every_figure_of_the_first(string bid, string ask, bool isConfirmed)
    {
        var first = Given.Sheet(Given.Figures(
            "2026-04-10 EUR/USD 1.16 Bid", "2026-04-13 EUR/USD 1.16 Bid", "2026-04-13 EUR/USD 1.17 Ask"))
            .WithUnconfirmed([Dollar]);

        Assert.Equal(isConfirmed, IngestRules.Check(Given.Figures(bid, ask), Context(first)).Unconfirmed.Count == 0);
    }

    /// <summary>A first figure, then a second sheet that agrees with it, and figures of others.</summary>
    [Theory]
    [InlineData("", true)]
    [InlineData("2026-04-14 EUR/USD 1.2200", true)]
    [InlineData("2026-04-14 EUR/USD 1.2300", false)]
    [InlineData("2026-04-14 EUR/USD 11.63", false)]
    [InlineData("2026-04-14 EUR/USD 11.63,2026-04-14 EUR/USD 2.00", false)]
    [InlineData("2026-04-14 EUR/USD 11.63,2026-04-14 EUR/USD 1.2000", true)]
    [InlineData("2026-04-14 EUR/USD 11.63,2026-04-14 EUR/USD 1.1700", true)]
    public void A_second_sheet_confirms_a_first_figure_unless_all_others_are_far_from_it(string others, bool isConfirmed)
    {
        var first = Given.Sheet(Given.Figures("2026-04-13 EUR/USD 1.1634")).WithUnconfirmed([Dollar]);
        var context = Context(first) with { Witnesses = Given.Figures(others.Split(',', StringSplitOptions.RemoveEmptyEntries)) };

        var verdict = IngestRules.Check(Given.Figures("2026-04-14 EUR/USD 1.1640"), context);

        Assert.Single(verdict.Accepted);
        Assert.Equal(isConfirmed ? [] : [Dollar], verdict.Unconfirmed);
        Assert.Equal(isConfirmed ? first.Observations : [], verdict.Confirmed);
        Assert.Equal(others.Contains("1.1700", StringComparison.Ordinal) ? [] : [Dollar], verdict.Doubtful);
    }

    private static string Verdict(string line, IngestContext context) => IngestRules.Check(Given.Figures(line), context) switch
    {
        { Accepted.Count: 0 } => "refused",
        { Unconfirmed.Count: 1 } => "unconfirmed",
        _ => "confirmed",
    };
}
