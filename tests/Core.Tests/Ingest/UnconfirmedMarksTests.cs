using static Rates.Core.Tests.Bank;

namespace Rates.Core.Tests;

/// <summary>Which figures are marked as unconfirmed, and when a mark goes: each figure by its own day.</summary>
public sealed class UnconfirmedMarksTests
{
    private static readonly CurrencyPair Dollar = CurrencyPair.Parse("EUR/USD");

    [Fact]
    public void Every_day_of_a_first_sheet_is_marked()
    {
        var verdict = IngestRules.Check(
            Given.Figures("2026-04-13 EUR/USD 11.60", "2026-04-14 EUR/USD 11.61", "2026-04-14 EUR/GBP 0.86"), Context(null));

        Assert.Equal(3, verdict.Accepted.Count(row => row.IsUnconfirmed));
    }

    [Fact]
    public void A_change_that_nobody_follows_marks_its_day_and_later_ones_but_none_before_it()
    {
        var verdict = IngestRules.Check(
            Given.Figures("2026-04-13 EUR/USD 1.1640", "2026-04-14 EUR/USD 1.1980", "2026-04-15 EUR/USD 1.1985"),
            Context(Given.Sheet(Given.Figures("2026-04-13 EUR/USD 1.1634"))));

        Assert.Equal([false, true, true], verdict.Accepted.Select(row => row.IsUnconfirmed));
        Assert.Equal([Dollar], verdict.Unconfirmed);
    }

    [Fact]
    public void A_sheet_that_is_unconfirmed_still_marks_no_day_before_its_first_unconfirmed_one()
    {
        var sheet = Given.Sheet(
            [Given.Figure("2026-04-13 EUR/USD 1.1634"), Given.Figure("2026-04-14 EUR/USD 1.1980") with { IsUnconfirmed = true }]);

        var verdict = IngestRules.Check(Given.Figures("2026-04-13 EUR/USD 1.1634", "2026-04-14 EUR/USD 1.1980"), Context(sheet));

        Assert.Equal([false, true], verdict.Accepted.Select(row => row.IsUnconfirmed));
        Assert.Empty(verdict.Confirmed);
    }

    [Fact]
    public void A_sheet_with_several_unconfirmed_days_marks_all_from_the_first_of_them_on()
    {
        string[] days = ["2026-04-12 EUR/USD 1.1634", "2026-04-13 EUR/USD 1.1980", "2026-04-14 EUR/USD 1.1985"];
        var sheet = Given.Sheet([.. Given.Figures(days).Index().Select(day => day.Item with { IsUnconfirmed = day.Index > 0 })]);

        var verdict = IngestRules.Check(Given.Figures(days), Context(sheet));

        Assert.Equal([false, true, true], verdict.Accepted.Select(row => row.IsUnconfirmed));
    }

    /// <summary>A first figure; the next document, a witness and what is confirmed of the first one.</summary>
    [Theory]
    [InlineData("2026-04-13 EUR/USD 1.1634", "2026-04-14 EUR/USD 1.1650", null, true)]
    [InlineData("2026-04-13 EUR/USD 1.1634", "2026-04-13 EUR/USD 1.1634", "2026-04-13 EUR/USD 1.1600", true)]
    [InlineData("2026-04-13 EUR/USD 1.1634", "2026-04-13 EUR/USD 1.1634", null, false)]
    [InlineData("2026-04-13 EUR/USD 1.1634", "2026-04-13 EUR/USD 1.1640", "2026-04-13 EUR/USD 1.1600", false)]
    [InlineData("2026-04-13 EUR/USD 11.634", "2026-04-14 EUR/USD 1.1650", "2026-04-14 EUR/USD 1.1640", false)]
    [InlineData("2026-04-13 EUR/USD 1.2000", "2026-04-14 EUR/USD 1.1650", "2026-04-14 EUR/USD 1.1640", false)]
    [InlineData("2026-04-13 EUR/USD 1.1634", "2026-04-14 EUR/USD 1.1980", null, false)]
    [InlineData("2026-04-13 EUR/USD 1.1634", "2026-04-14 EUR/GBP 0.8650", null, false)]
    [InlineData("2026-04-13 EUR/USD 1.16 Bid", "2026-04-14 EUR/USD 1.16 Ask", null, false)]
    [InlineData("2026-04-13 EUR/USD 1.1634", "2026-04-10 EUR/USD 1.1634", null, false)]
    public void A_figure_is_confirmed_by_its_own_day_again_or_by_a_later_one_that_is_near(
        string first, string next, string? witness, bool isConfirmed)
    {
        var figure = Given.Figure(first) with { IsUnconfirmed = true };
        var context = Context(Given.Sheet(figure)) with { Witnesses = witness is null ? [] : Given.Figures(witness) };

        var verdict = IngestRules.Check(Given.Figures(next), context);

        Assert.Single(verdict.Accepted);
        Assert.Equal(isConfirmed ? [figure] : [], verdict.Confirmed);
    }

    [Fact]
    public void A_refused_sheet_confirms_nothing()
    {
        var first = Given.Sheet(Yesterday).WithUnconfirmed([Dollar]);
        Observation[] wrong = [.. Move("2026-04-14", 1m).Select(row => row.Pair == Dollar ? row : row with { Rate = row.Rate * 10 })];

        var verdict = IngestRules.Check(wrong, Context(first));

        Assert.NotEmpty(verdict.SheetReasons);
        Assert.Empty(verdict.Confirmed);
    }

    /// <summary>Days from the oldest to the newest; an exclamation mark stands for unconfirmed.</summary>
    [Theory]
    [InlineData("1.10! 1.10! 1.10", "11 12")]
    [InlineData("1.10! 11.0! 1.10", "11")]
    [InlineData("11.0! 11.0! 1.10", "")]
    [InlineData("1.10! 1.15! 1.10", "11")]
    [InlineData("1.10 1.14! 1.10", "")]
    [InlineData("1.10! 1.10! 1.10!", "")]
    [InlineData("1.10 1.10! 1.10!", "")]
    [InlineData("1.00! 1.04! 1.10! 1.10", "11 12 13")]
    [InlineData("11.0! 1.10! 1.10! 1.10", "12 13")]
    [InlineData("1.20! 1.20! 1.20! 1.10", "")]
    [InlineData("1.12! 1.20 1.20! 1.20", "13")]
    public void A_stored_figure_is_confirmed_by_the_confirmed_one_after_it(string days, string confirmed)
    {
        var stored = days.Split(' ').Select((text, place) =>
            Given.Figure($"2026-04-{11 + place} EUR/USD {text.TrimEnd('!')}") with { IsUnconfirmed = text.EndsWith('!') });

        var found = UnconfirmedMarks.Confirmed(stored).Select(figure => figure.AsOf.Day).Order();

        Assert.Equal(confirmed, string.Join(' ', found));
    }

    [Fact]
    public void A_figure_is_confirmed_only_by_its_own_pair_and_kind()
    {
        var first = Given.Figure("2026-04-13 EUR/USD 1.10") with { IsUnconfirmed = true };

        Assert.Empty(UnconfirmedMarks.Confirmed([first, .. Given.Figures("2026-04-14 EUR/USD 1.10 Mid", "2026-04-14 EUR/CHF 1.10")]));
        Assert.Equal([first], UnconfirmedMarks.Confirmed([first, Given.Figure("2026-04-14 EUR/USD 1.10")]));
    }

    [Fact]
    public void A_cross_of_an_older_day_has_the_mark_of_that_day()
    {
        Observation[] figures =
        [
            Given.Figure("2026-04-13 EUR/USD 11.634") with { IsUnconfirmed = true },
            .. Given.Figures("2026-04-13 EUR/ISK 143", "2026-04-14 EUR/USD 1.1640"),
        ];

        var crosses = CrossRates.Of(figures, Currency.Eur);

        Assert.True(crosses.HasUnconfirmed);
        Assert.True(CrossRates.Of([.. figures[..2].Select(figure => figure with { IsUnconfirmed = true })], Currency.Eur).HasUnconfirmed);
        Assert.True(crosses.Find(CurrencyPair.Parse("USD/ISK"))!.IsUnconfirmed);
        Assert.False(crosses.Find(CurrencyPair.Parse("EUR/ISK"))!.IsUnconfirmed);
        Assert.False(crosses.Find(Dollar)!.IsUnconfirmed);
        Assert.False(CrossRates.Of(figures[1..], Currency.Eur).HasUnconfirmed);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_mid_of_two_sides_has_the_mark_of_either(bool bid, bool ask)
    {
        Observation[] figures =
        [
            Given.Figure("2026-04-13 EUR/USD 1.16 Bid") with { IsUnconfirmed = bid },
            Given.Figure("2026-04-13 EUR/USD 1.18 Ask") with { IsUnconfirmed = ask },
        ];

        var mid = CrossRates.Of(figures, Currency.Eur).Find(Dollar)!;

        Assert.Equal((1.17m, true), (mid.Rate, mid.IsUnconfirmed));
    }

    [Fact]
    public void A_sheet_marks_figures_of_pairs_and_takes_single_marks_off()
    {
        var sheet = Given.Sheet(Given.Figures("2026-04-13 EUR/USD 1.16", "2026-04-14 EUR/USD 1.17", "2026-04-14 EUR/GBP 0.86"))
            .WithUnconfirmed([Dollar]);

        Assert.Equal([true, true, false], sheet.Observations.Select(figure => figure.IsUnconfirmed));
        Assert.Equal([Dollar], sheet.Unconfirmed);
        Assert.Equal([false, true, false], sheet.Confirm(Given.Figures("2026-04-13 EUR/USD 1.16", "2026-04-14 EUR/USD 1.18"))
            .Observations.Select(figure => figure.IsUnconfirmed));
        Assert.Null(sheet.Confirm(UnconfirmedMarks.Cleared(sheet.Observations).ToList()).Unconfirmed);
        Assert.Same(sheet, sheet.Confirm([]));
    }

    [Theory]
    [InlineData("1.16", false, "1.16", true, false)]
    [InlineData("1.16", true, "1.16", false, false)]
    [InlineData("1.16", true, "1.16", true, true)]
    [InlineData("1.16", false, "1.17", true, true)]
    [InlineData("1.16", true, "1.17", false, false)]
    public void A_merge_marks_no_figure_that_is_confirmed_already(string before, bool was, string after, bool marked, bool isMarked)
    {
        var sheet = Given.Sheet(Given.Figure($"2026-04-13 EUR/USD {before}") with { IsUnconfirmed = was });

        var merged = SheetMerge.Merge(
            sheet, [Given.Figure($"2026-04-13 EUR/USD {after}") with { IsUnconfirmed = marked }], Given.Profile(), sheet.CheckedAt, null,
            null);

        Assert.Equal(isMarked, Assert.Single(merged!.Observations).IsUnconfirmed);
        Assert.Equal(before == after && was == isMarked, SheetMerge.SameFigures(sheet, merged));
    }
}
