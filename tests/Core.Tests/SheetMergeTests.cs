using FsCheck;
using FsCheck.Fluent;

namespace Rates.Core.Tests;

public sealed class SheetMergeTests
{
    private static readonly DateTimeOffset Noon = Given.At("2026-04-14T12:00");

    [Fact]
    public void A_first_load_becomes_a_sheet_in_order()
    {
        var sheet = Merge(null, "2026-04-13 EUR/USD 1.2 Bid", "2026-04-14 EUR/USD 1.3 Ask", "2026-04-14 EUR/CHF 0.9 Ask",
            "2026-04-14 EUR/USD 1.2 Bid");

        Assert.Equal(Given.Figures("2026-04-14 EUR/CHF 0.9 Ask", "2026-04-14 EUR/USD 1.2 Bid", "2026-04-14 EUR/USD 1.3 Ask"),
            sheet!.Observations);
        Assert.Equal((Given.Day("2026-04-14"), Noon, Noon, 0L, false),
            (sheet.AsOf, sheet.FetchedAt, sheet.CheckedAt, sheet.Version, sheet.Revised));
        Assert.Equal(("https://bank.example/rates", Given.At("2026-04-14T17:00")), (sheet.Source, sheet.NextExpectedAt));
    }

    [Fact]
    public void A_pair_that_the_fetch_lacked_keeps_its_older_figure_and_the_legs_of_that_day()
    {
        var before = Merge(null, "2026-04-13 EUR/USD 1.2", "2026-04-13 EUR/AFN 75");

        var after = Merge(before, "2026-04-14 EUR/USD 1.3");

        Assert.Equal(Given.Figures("2026-04-13 EUR/AFN 75", "2026-04-14 EUR/USD 1.3", "2026-04-13 EUR/USD 1.2"), after!.Observations);
        Assert.Equal(62.5m, CrossRates.Of(after.Observations, Currency.Eur).Find(CurrencyPair.Parse("USD/AFN"))!.Rate);
    }

    [Fact]
    public void A_day_that_is_no_longer_in_use_is_removed() =>
        Assert.Equal(Given.Figures("2026-04-14 EUR/USD 1.3"),
            Merge(Merge(null, "2026-04-13 EUR/USD 1.2"), "2026-04-14 EUR/USD 1.3", "2026-04-10 EUR/USD 1.1")!.Observations);

    [Theory]
    [InlineData(Cadence.Daily, "2026-03-31", true)]
    [InlineData(Cadence.Daily, "2026-03-30", false)]
    [InlineData(Cadence.Monthly, "2026-02-03", true)]
    [InlineData(Cadence.Monthly, "2026-02-02", false)]
    [InlineData(Cadence.Quarterly, "2025-09-26", true)]
    [InlineData(Cadence.Quarterly, "2025-09-25", false)]
    [InlineData(Cadence.None, "1998-12-31", true)]
    public void A_figure_is_kept_until_the_limit_of_its_cadence(Cadence cadence, string day, bool carried)
    {
        var before = Given.Sheet(Given.Figures($"{day} EUR/AFN 75"));

        var after = SheetMerge.Merge(before, Given.Figures("2026-04-14 EUR/USD 1.3"), Given.Profile(cadence), Noon, null, null);

        Assert.Equal(carried, after!.Observations.Any(figure => figure.AsOf == Given.Day(day)));
    }

    [Fact]
    public void An_older_day_never_replaces_a_newer_one()
    {
        var before = Merge(null, "2026-04-14 EUR/USD 1.3");

        Assert.True(SheetMerge.SameFigures(before, Merge(before, "2026-04-10 EUR/USD 1.1")));
    }

    [Fact]
    public void The_same_figures_confirm_the_current_sheet()
    {
        var before = Merge(null, "2026-04-14 EUR/USD 1.3")! with { Version = 7, Epoch = "life", Seeded = true };

        var after = SheetMerge.Merge(before, before.Observations, Given.Profile(), Noon.AddHours(6), null, "https://elsewhere.example/");

        Assert.Equal(before with { CheckedAt = Noon.AddHours(6), NextExpectedAt = Given.At("2026-04-15T17:00"), Seeded = false }, after);
    }

    [Fact]
    public void A_fetch_that_began_earlier_does_not_set_back_the_time_of_the_last_check()
    {
        var before = Merge(null, "2026-04-14 EUR/USD 1.3");

        var after = SheetMerge.Merge(before, before!.Observations, Given.Profile(), Noon.AddHours(-1), null, null);

        Assert.Equal(Noon, after!.CheckedAt);
    }

    [Theory]
    [InlineData("2026-04-14T09:00", null, "2026-04-14T09:00")]
    [InlineData("2026-04-14T09:00", "2026-04-14T10:00", "2026-04-14T10:00")]
    [InlineData(null, "2026-04-14T10:00", "2026-04-14T10:00")]
    public void The_instant_of_publication_is_the_newest_that_the_source_gave(string? first, string? second, string expected)
    {
        DateTimeOffset? At(string? utc) => utc is null ? null : Given.At(utc);
        var figures = Given.Figures("2026-04-14 EUR/USD 1.3");
        var before = SheetMerge.Merge(null, figures, Given.Profile(), Noon, At(first), null);

        Assert.Equal(At(expected), SheetMerge.Merge(before, figures, Given.Profile(), Noon, At(second), null)!.PublishedAt);
    }

    [Fact]
    public void A_sheet_can_be_made_of_any_figures_of_which_the_last_of_a_pair_kind_and_day_counts() =>
        Assert.Equal(
            Given.Figures("2026-04-13 EUR/AFN 75", "2026-04-14 EUR/USD 1.3", "2026-04-13 EUR/USD 1.2"),
            SheetMerge.InUse(
                Given.Figures("2026-04-13 EUR/USD 1.1", "2026-04-10 EUR/USD 1.0", "2026-04-14 EUR/USD 1.3", "2026-04-13 EUR/AFN 75",
                    "2026-04-13 EUR/USD 1.2"),
                Cadence.Daily));

    [Fact]
    public void Other_figures_for_the_same_day_are_a_revision_until_the_next_day()
    {
        var revised = Merge(Merge(null, "2026-04-14 EUR/USD 1.30"), "2026-04-14 EUR/USD 1.31");

        Assert.True(revised!.Revised);
        Assert.Equal(1.31m, Assert.Single(revised.Observations).Rate);
        Assert.True(Merge(revised, "2026-04-14 EUR/CHF 0.9")!.Revised);
        Assert.False(Merge(revised, "2026-04-15 EUR/USD 1.31")!.Revised);
    }

    [Fact]
    public void An_additional_figure_or_a_new_live_price_is_no_revision()
    {
        Assert.False(Merge(Merge(null, "2026-04-14 EUR/USD 1.30"), "2026-04-14 EUR/CHF 0.9")!.Revised);
        var live = Given.Profile(Cadence.Live);
        var morning = SheetMerge.Merge(null, Given.Figures("2026-04-14 EUR/USD 1.30 Last"), live, Noon, null, null);
        Assert.False(SheetMerge.Merge(morning, Given.Figures("2026-04-14 EUR/USD 1.31 Last"), live, Noon, null, null)!.Revised);
    }

    [Fact]
    public void No_figure_gives_no_sheet()
    {
        Assert.Empty(SheetMerge.InUse([], Cadence.Daily));
        Assert.Null(Merge(null));
        Assert.True(SheetMerge.SameFigures(null, null));
        Assert.False(SheetMerge.SameFigures(null, Merge(null, "2026-04-14 EUR/USD 1.30")));
    }

    [Fact]
    public void Times_do_not_matter_for_equal_figures_and_one_different_figure_does()
    {
        var sheet = Merge(null, "2026-04-14 EUR/USD 1.30 Last");
        Observation[] later = [sheet!.Observations[0] with { At = Noon }];

        Assert.True(SheetMerge.SameFigures(sheet, Given.Sheet(later)));
        Assert.False(SheetMerge.SameFigures(sheet, Given.Sheet(Given.Figures("2026-04-14 EUR/USD 1.31 Last"))));
        Assert.False(SheetMerge.SameFigures(sheet, Given.Sheet(Given.Figures("2026-04-14 EUR/USD 1.30 Close"))));
    }

    [Fact]
    public void Merging_twice_changes_nothing() => Given.Always(
        from before in Figures
        from accepted in Figures
        from cadence in Gen.Elements(Enum.GetValues<Cadence>())
        select (before, accepted, cadence), each =>
        {
            var once = SheetMerge.Merge(SheetMerge.Merge(null, each.before, Given.Profile(each.cadence), Noon, null, null), each.accepted,
                Given.Profile(each.cadence), Noon, null, null);
            var twice = SheetMerge.Merge(once, each.accepted, Given.Profile(each.cadence), Noon, null, null);
            return SheetMerge.SameFigures(once, twice) && once?.Revised == twice?.Revised;
        });

    [Fact]
    public void Every_figure_of_the_newest_day_is_in_the_sheet_and_days_are_complete() => Given.Always(
        from before in Figures
        from accepted in Figures
        select (before, accepted), each =>
        {
            var old = SheetMerge.Merge(null, each.before, Given.Profile(), Noon, null, null);
            var merged = SheetMerge.Merge(old, each.accepted, Given.Profile(), Noon, null, null);
            var all = (old?.Observations ?? []).Concat(each.accepted).ToArray();
            return merged is null ? all.Length == 0
                : merged.AsOf == all.Max(figure => figure.AsOf)
                && merged.Observations.GroupBy(figure => figure.AsOf).All(day =>
                    day.Count() == all.Where(figure => figure.AsOf == day.Key).DistinctBy(figure => (figure.Pair, figure.Kind)).Count());
        });

    private static RateSheet? Merge(RateSheet? previous, params string[] accepted) =>
        SheetMerge.Merge(previous, Given.Figures(accepted), Given.Profile(), Noon, null, "https://bank.example/rates");

    /// <summary>Up to a dozen figures of three pairs and two kinds within forty days, each pair, kind and day once.</summary>
    private static Gen<Observation[]> Figures =>
        from figures in Gen.ArrayOf(
            from day in Gen.Choose(0, 40)
            from pair in Gen.Elements("EUR/USD", "EUR/CHF", "USD/JPY")
            from kind in Gen.Elements(RateKind.Bid, RateKind.Ask)
            from rate in Gen.Choose(1, 3)
            select new Observation(Given.Day("2026-03-01").AddDays(day), CurrencyPair.Parse(pair), rate, kind))
        select figures.DistinctBy(figure => (figure.AsOf, figure.Pair, figure.Kind)).Take(12).ToArray();
}
