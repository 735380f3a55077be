using static Rates.Core.Tests.Bank;

namespace Rates.Core.Tests;

public sealed class QuoteRulesTests
{
    [Fact]
    public void Of_two_equal_figures_the_one_with_more_digits_is_kept()
    {
        var verdict = Check([.. Move("2026-04-14", 1m), Given.Figure("2026-04-14 EUR/ISK 143"), Given.Figure("2026-04-14 EUR/ISK 143.0")]);

        Assert.Equal("143.0", Assert.Single(verdict.Accepted, row => row.Pair.Quote.Code == "ISK").Rate.ToString());
        Assert.Empty(verdict.Refused);
    }

    [Fact]
    public void Two_different_figures_for_one_pair_are_both_refused()
    {
        var verdict = Check([.. Move("2026-04-14", 1m), Given.Figure("2026-04-14 EUR/ISK 143"), Given.Figure("2026-04-14 EUR/ISK 144")]);

        Assert.Equal(["duplicate EUR/ISK is 143 and 144 on one day", "duplicate EUR/ISK is 143 and 144 on one day"],
            verdict.Refused.Select(row => row.Reason));
        Assert.Equal(10, verdict.Accepted.Count);
    }

    [Fact]
    public void Of_two_prices_with_their_instants_the_later_counts()
    {
        var early = Given.Figure("2026-04-14 EUR/ISK 143 Last") with { At = Given.At("2026-04-14T08:00") };
        var late = Given.Figure("2026-04-14 EUR/ISK 144 Last") with { At = Given.At("2026-04-14T09:00") };

        Assert.Contains(late, UnconfirmedMarks.Cleared(Check([.. Move("2026-04-14", 1m), late, early]).Accepted));
    }

    [Theory]
    [InlineData("143 Bid", "142 Ask", "crossed bid 143 is above ask 142")]
    [InlineData("100 Bid", "130 Ask", "spread of 100 to 130 is more than 25 %")]
    [InlineData("100 CashBid", "99 CashAsk", "crossed bid 100 is above ask 99")]
    public void Sides_that_contradict_each_other_are_both_refused(string one, string other, string reason)
    {
        var verdict = Check([.. Move("2026-04-14", 1m), Given.Figure($"2026-04-14 EUR/ISK {one}"),
            Given.Figure($"2026-04-14 EUR/ISK {other}")]);

        Assert.Equal([reason, reason], verdict.Refused.Select(row => row.Reason));
    }

    [Fact]
    public void A_spread_that_may_come_from_rounding_passes() =>
        Assert.Equal(12, Check([.. Move("2026-04-14", 1m),
            .. Given.Figures("2026-04-14 IRR/AFN 0.00004 Bid", "2026-04-14 IRR/AFN 0.00005 Ask")]).Accepted.Count);

    [Theory]
    [InlineData("143.0", true)]
    [InlineData("142.95", false)]
    [InlineData("143.5", true)]
    [InlineData("144", true)]
    [InlineData("144.6", false)]
    [InlineData("142.94", false)]
    public void A_mid_outside_its_sides_by_more_than_rounding_is_refused(string mid, bool passes)
    {
        var verdict = Check([.. Move("2026-04-14", 1m),
            .. Given.Figures("2026-04-14 EUR/ISK 143 Bid", "2026-04-14 EUR/ISK 143.9 Ask", $"2026-04-14 EUR/ISK {mid} Mid")]);

        Assert.Equal(passes ? 13 : 12, verdict.Accepted.Count);
        Assert.All(verdict.Refused, row => Assert.Equal($"mid {mid} is outside 143 to 143.9", row.Reason));
    }

    [Theory]
    [InlineData("143.05", "143.85", "143.0", true)]
    [InlineData("143.06", "143.85", "143.0", false)]
    [InlineData("143.05", "143.85", "143.9", true)]
    [InlineData("143.05", "143.84", "143.9", false)]
    public void A_mid_may_lie_beyond_a_side_by_half_a_unit_of_its_last_digit(string bid, string ask, string mid, bool passes) =>
        Assert.Equal(passes ? 3 : 2, Quote($"{bid} Bid", $"{ask} Ask", $"{mid} Mid").Accepted.Count);

    /// <summary>94 may be 94.5 and 122 may be 121.5: 27 apart, a quarter of their middle.</summary>
    [Theory]
    [InlineData("94", "122", true)]
    [InlineData("94", "123", false)]
    [InlineData("100", "100", true)]
    public void A_spread_is_at_most_a_quarter_after_rounding(string bid, string ask, bool passes) =>
        Assert.Equal(passes ? 2 : 0, Quote($"{bid} Bid", $"{ask} Ask").Accepted.Count);

    [Fact]
    public void Sides_of_transfers_and_of_banknotes_are_each_checked()
    {
        var verdict = Quote("143 Bid", "142 Ask", "145 CashBid", "140 CashAsk");

        Assert.Empty(verdict.Accepted);
        Assert.Equal(["crossed bid 143 is above ask 142", "crossed bid 145 is above ask 140"],
            verdict.Refused.Select(row => row.Reason).Distinct());
    }

    [Theory]
    [InlineData("2026-04-14T08:00", null)]
    [InlineData("2026-04-14T08:00", "2026-04-14T08:00")]
    public void Two_different_prices_without_instants_of_their_own_are_both_refused(string one, string? other)
    {
        var first = Given.Figure("2026-04-14 EUR/ISK 143 Last") with { At = Given.At(one) };
        var second = Given.Figure("2026-04-14 EUR/ISK 144 Last") with { At = other is null ? null : Given.At(other) };

        Assert.Equal(2, Check([.. Move("2026-04-14", 1m), first, second]).Refused.Count);
    }

    private static IngestVerdict Quote(params string[] figures) =>
        IngestRules.Check([.. figures.Select(figure => Given.Figure($"2026-04-14 EUR/ISK {figure}"))], Context(null));
}
