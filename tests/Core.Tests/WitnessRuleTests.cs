using static Rates.Core.StalenessStatus;

namespace Rates.Core.Tests;

public sealed class WitnessRuleTests
{
    private static readonly DateOnly Today = Given.Day("2026-04-14");

    [Theory]
    [InlineData(ProviderCategory.Reference, Cadence.Daily, null)]
    [InlineData(ProviderCategory.Market, Cadence.Live, null)]
    [InlineData(ProviderCategory.Official, Cadence.Daily, "official figures are used only when their provider is named")]
    [InlineData(ProviderCategory.Compliance, Cadence.Daily, "compliance figures are used only when their provider is named")]
    [InlineData(ProviderCategory.Average, Cadence.Live, "average figures are used only when their provider is named")]
    [InlineData(ProviderCategory.Reference, Cadence.Weekly,
        "figures that are not published daily are used only when their provider is named")]
    [InlineData(ProviderCategory.Market, Cadence.Monthly,
        "figures that are not published daily are used only when their provider is named")]
    [InlineData(ProviderCategory.Reference, Cadence.None,
        "figures that are not published daily are used only when their provider is named")]
    public void Blends_use_daily_reference_and_market_figures(ProviderCategory category, Cadence cadence, string? reason) =>
        Assert.Equal(reason, WitnessRule.WhyNotByDefault(Given.Profile(cadence) with { Category = category }, Today));

    [Fact]
    public void A_closed_series_takes_part_until_its_last_day()
    {
        var closed = Given.Profile(Cadence.None) with { HistoryUntil = Given.Day("1998-12-30") };

        Assert.Null(WitnessRule.WhyNotByDefault(closed, Given.Day("1998-12-30")));
        Assert.Equal("retired: its last day was 1998-12-30", WitnessRule.WhyNotByDefault(closed, Given.Day("1998-12-31")));
    }

    [Fact]
    public void Figures_more_than_five_days_older_than_the_newest_are_left_out()
    {
        var choice = Choose(One("a", "2026-04-14"), One("b", "2026-04-09"), One("c", "2026-04-08"));

        Assert.Equal(["a", "b"], Used(choice));
        Assert.Equal(
            [new LeftOutProvider("c", "its figure of 2026-04-08 is more than 5 days older than that of 2026-04-14")], choice.LeftOut);
        Assert.Equal((false, false, ""), (choice.IsStale, choice.IsUnconfirmed, choice.Note));
    }

    [Theory]
    [InlineData(Cadence.Daily, "2026-04-01", false)]
    [InlineData(Cadence.Weekly, "2026-04-03", true)]
    [InlineData(Cadence.Weekly, "2026-04-02", false)]
    [InlineData(Cadence.Monthly, "2026-03-10", true)]
    [InlineData(Cadence.Monthly, "2026-03-09", false)]
    [InlineData(Cadence.Quarterly, "2026-01-10", true)]
    [InlineData(Cadence.Quarterly, "2026-01-09", false)]
    public void A_figure_holds_until_the_next_one_of_its_cadence(Cadence cadence, string day, bool isUsed) =>
        Assert.Equal(isUsed, Used(Choose(One("a", "2026-04-14"), One("b", day) with { Cadence = cadence })).Contains("b"));

    [Theory]
    [InlineData(Frozen, "frozen: five or more publications were missed; its newest figure is of 2026-04-13")]
    [InlineData(Retired, "retired: the series has ended; its newest figure is of 2026-04-13")]
    public void Figures_that_are_too_old_answer_only_alone_and_are_marked(StalenessStatus status, string reason)
    {
        var old = One("old", "2026-04-13") with { Status = status };
        var (both, alone) = (Choose(old, One("new", "2026-04-10")), Choose(old));

        Assert.Equal(["new"], Used(both));
        Assert.Equal([new LeftOutProvider("old", reason)], both.LeftOut);
        Assert.False(both.IsStale);
        Assert.Equal(["old"], Used(alone));
        Assert.True(alone.IsStale);
        Assert.Equal("the newest figure is of 2026-04-13, too old for 2026-04-14", alone.Note);
    }

    [Theory]
    [InlineData("2026-04-09", false)]
    [InlineData("2026-04-08", true)]
    public void When_the_newest_figure_is_more_than_five_days_before_the_day_asked_for_the_answer_is_stale(string day, bool isStale) =>
        Assert.Equal(isStale, Choose(One("a", day), One("b", day)).IsStale);

    [Fact]
    public void Unconfirmed_figures_answer_only_when_there_are_no_others_and_are_marked()
    {
        var unconfirmed = new BlendCandidate(new("first", "", 1.3m, Today), Fresh, Cadence.Daily, true);
        var (both, alone) = (Choose(unconfirmed, One("known", "2026-04-10") with { Status = Frozen }), Choose(unconfirmed));

        Assert.Equal(["known"], Used(both));
        Assert.StartsWith("its figure is unconfirmed", Assert.Single(both.LeftOut).Reason, StringComparison.Ordinal);
        Assert.Equal(["first"], Used(alone));
        Assert.Equal((true, "unconfirmed: no second source has confirmed this figure"), (alone.IsUnconfirmed, alone.Note));
    }

    [Theory]
    [InlineData("b", "2026-04-10", "1.15", true)]
    [InlineData("b", "2026-04-09", "1.155", true)]
    [InlineData("b", "2026-04-08", "1.15", false)]
    [InlineData("b", "2026-04-10", "1.16", false)]
    [InlineData("a", "2026-04-10", "1.15", false)]
    public void Two_first_figures_that_agree_confirm_each_other(string group, string day, string rate, bool isConfirmed)
    {
        var one = new BlendCandidate(new("one", "a", 1.10m, Given.Day("2026-04-14")), Fresh, Cadence.Daily, true);
        var other = new BlendCandidate(new("other", group, decimal.Parse(rate), Given.Day(day)), Fresh, Cadence.Daily, true);

        Assert.Equal(!isConfirmed, Choose(one, other).IsUnconfirmed);
    }

    [Theory]
    [InlineData(Cadence.Monthly, "2026-03-10", true)]
    [InlineData(Cadence.Monthly, "2026-03-09", false)]
    [InlineData(Cadence.Daily, "2026-03-10", false)]
    public void A_figure_confirms_another_for_as_long_as_it_holds(Cadence cadence, string day, bool isConfirmed)
    {
        var first = new BlendCandidate(new("first", "", 1.10m, Today), Fresh, Cadence.Daily, true);
        var other = One("other", day) with { Cadence = cadence, IsUnconfirmed = true };

        Assert.Equal(!isConfirmed, Choose(first, other).IsUnconfirmed);
    }

    [Fact]
    public void Without_a_candidate_nothing_is_used()
    {
        var choice = Choose();

        Assert.Empty(choice.Used);
        Assert.Empty(choice.LeftOut);
        Assert.Equal((false, false, ""), (choice.IsStale, choice.IsUnconfirmed, choice.Note));
    }

    [Fact]
    public void The_figure_that_holds_longest_decides_whether_the_answer_is_stale()
    {
        Assert.False(Choose(One("a", "2026-04-09"), One("b", "2026-04-08")).IsStale);
        Assert.False(Choose(One("a", "2026-04-08"), One("b", "2026-04-09")).IsStale);
        Assert.False(Choose(One("a", "2026-04-06"), One("b", "2026-04-03") with { Cadence = Cadence.Weekly }).IsStale);
    }

    [Fact]
    public void An_unconfirmed_figure_that_is_also_too_old_is_marked_as_both()
    {
        var choice = Choose(One("a", "2026-03-02") with { Status = Frozen, IsUnconfirmed = true });

        Assert.Equal((true, true, "unconfirmed, and the newest figure is of 2026-03-02, too old for 2026-04-14"),
            (choice.IsStale, choice.IsUnconfirmed, choice.Note));
    }

    private static BlendChoice Choose(params BlendCandidate[] candidates) => WitnessRule.Choose(candidates, Today);

    private static BlendCandidate One(string provider, string day) =>
        new(new(provider, "", 1.1m, Given.Day(day)), Fresh, Cadence.Daily, false);

    private static IEnumerable<string> Used(BlendChoice choice) => choice.Used.Select(input => input.Provider);
}
