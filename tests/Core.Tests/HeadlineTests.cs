using FsCheck.Fluent;

namespace Rates.Core.Tests;

public sealed class HeadlineTests
{
    [Theory]
    [InlineData("1.2 Reference", "1.1 Mid", "1.1 Mid")]
    [InlineData("1.1 Reference", "1.2 Mid", "1.2 Mid")]
    [InlineData("1.1 Parallel", "1.2 Segment", "1.2 Segment")]
    [InlineData("1.2 Mid", "1.1 Mid", "1.1 Mid")]
    [InlineData("1.2 Bid", "1.1 Average", "1.1 Average")]
    [InlineData("1.10 Ask", "1.08 Bid", "1.09 Mid")]
    [InlineData("1.101 Ask", "1.100 Bid", "1.1005 Mid")]
    [InlineData("1.2 CashAsk", "1.1 Ask", "1.1 Ask")]
    [InlineData("1.2 CashBid", "1.1 SightBid", "1.1 SightBid")]
    [InlineData("1.2 SightBid", "1.1 Ask", "1.1 Ask")]
    [InlineData("1.2 CashAsk", "1.1 CashBid", "1.15 Mid")]
    [InlineData("1.2 CashMid", "1.1 CashBid", "1.2 CashMid")]
    [InlineData("1.2 Parallel", "1.1 Bid", "1.1 Bid")]
    [InlineData("1.2 Parallel", "1.1 Segment", "1.1 Segment")]
    public void Of_several_figures_the_headline_is_chosen(string one, string other, string expected)
    {
        var figures = Given.Figures($"2026-04-13 EUR/USD {one}", $"2026-04-13 EUR/USD {other}");

        Assert.Equal(Given.Figure($"2026-04-13 EUR/USD {expected}"), Headline.Of(figures));
        Assert.Equal(Headline.Of(figures), Headline.Of(figures.Reverse()));
    }

    [Fact]
    public void An_index_is_never_chosen_and_no_figure_gives_null()
    {
        Assert.Null(Headline.Of(Given.Figures("2026-04-13 EUR/USD 101.3 Index")));
        Assert.Null(Headline.Of([]));
    }

    [Theory]
    [InlineData(RateKind.Open)]
    [InlineData(RateKind.High)]
    [InlineData(RateKind.Low)]
    public void The_extremes_of_a_day_are_never_chosen(RateKind kind)
    {
        Assert.Null(Headline.Of(Given.Figures($"2026-04-13 EUR/USD 1.3 {kind}")));
        Assert.Equal(
            Given.Figure("2026-04-13 EUR/USD 1.2 Close"),
            Headline.Of(Given.Figures($"2026-04-13 EUR/USD 1.3 {kind}", "2026-04-13 EUR/USD 1.2 Close")));
    }

    [Fact]
    public void Of_two_figures_of_one_day_the_newest_is_chosen()
    {
        var morning = Given.Figure("2026-04-13 EUR/USD 1.1 Last") with { At = Given.At("2026-04-13T08:00") };
        var evening = Given.Figure("2026-04-13 EUR/USD 1.2 Last") with { At = Given.At("2026-04-13T18:00") };

        Assert.Equal(evening, Headline.Of([morning, evening]));
    }

    [Fact]
    public void A_sheet_has_one_per_pair_and_day()
    {
        var sheet = Given.Sheet(Given.Figures(
            "2026-04-10 EUR/USD 1.1", "2026-04-13 EUR/USD 1.2", "2026-04-13 EUR/CHF 0.93 Bid", "2026-04-13 EUR/CHF 0.95 Ask",
                "2026-04-13 EUR/NOK 99 Index"));

        Assert.Equal(Given.Figures("2026-04-13 EUR/CHF 0.94 Mid", "2026-04-13 EUR/USD 1.2", "2026-04-10 EUR/USD 1.1"), Headline.Of(sheet));
    }

    [Fact]
    public void The_mid_is_exact() => Given.Always(
        from bid in Given.Rate
        from ask in Given.Rate
        select (bid, ask), each => MidRate.Of(each.bid, each.ask) * 2 == each.bid + each.ask);
}
