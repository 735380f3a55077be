using static Rates.Core.Tests.Bank;

namespace Rates.Core.Tests;

public sealed class SheetRulesTests
{
    [Theory]
    [InlineData("USD/USD 1", true)]
    [InlineData("USD/USD 1.0000", true)]
    [InlineData("USD/USD 1.01", false)]
    public void A_currency_against_itself_is_one_or_the_whole_sheet_is_wrong(string self, bool passes)
    {
        var verdict = Check([.. Move("2026-04-14", 1m), Given.Figure($"2026-04-14 {self}")]);

        Assert.Equal(passes ? 10 : 0, verdict.Accepted.Count);
        Assert.Equal(passes ? 0 : 1, verdict.SheetReasons.Count(reason =>
            reason.StartsWith("self USD/USD is 1.01", StringComparison.Ordinal)));
        Assert.DoesNotContain(verdict.Accepted, row => row.Pair.Base == row.Pair.Quote);
    }

    [Fact]
    public void A_sheet_without_half_of_its_pairs_is_refused()
    {
        var verdict = Check([.. Move("2026-04-14", 1.001m).Take(7)]);

        Assert.Empty(verdict.Accepted);
        Assert.Equal(["coverage 7 of the 10 pairs of 2026-04-13"], verdict.SheetReasons);
        Assert.Empty(Check([.. Move("2026-04-14", 1.001m).Take(8)]).SheetReasons);

        // Figures of last week do not count towards the coverage.
        Assert.Single(Check([.. Move("2026-04-14", 1.001m).Take(7), .. Move("2026-04-10", 1m)]).SheetReasons);
    }

    [Fact]
    public void A_source_that_publishes_fewer_pairs_for_good_passes_on_the_third_day()
    {
        var earlier = Move("2026-04-15", 1.001m).Concat(Move("2026-04-16", 1.001m))
            .Where(row => row.Pair.Quote.Code is not ("USD" or "JPY" or "GBP")).ToArray();
        var candidate = Move("2026-04-17", 1.001m)[3..];

        var context = Context(Given.Sheet(Yesterday)) with { Today = Given.Day("2026-04-17") };
        Assert.Single(IngestRules.Check(candidate, context with { EarlierRefused = earlier[..7] }).SheetReasons);
        Assert.Empty(IngestRules.Check(candidate, context with { EarlierRefused = earlier }).SheetReasons);
    }

    [Fact]
    public void Pairs_of_an_older_day_in_the_same_publication_are_not_missing()
    {
        Observation[] wednesday = [.. Yesterday,
            .. Given.Figures("2026-04-13 EUR/AFN 75", "2026-04-13 EUR/ETB 155", "2026-04-13 EUR/GEL 3.1", "2026-04-13 EUR/UZS 14000")];

        var verdict = IngestRules.Check([.. Move("2026-04-14", 1.001m), .. wednesday[10..]], Context(Given.Sheet(wednesday)));

        Assert.Empty(verdict.SheetReasons);
    }

    [Fact]
    public void An_older_publication_is_not_called_incomplete() => Assert.Empty(Check(Move("2026-04-10", 1m)[..2]).SheetReasons);

    [Fact]
    public void A_sheet_with_more_than_a_fifth_of_bad_rows_is_refused_as_a_whole()
    {
        var rows = Move("2026-04-14", 1m);
        for (var bad = 0; bad < 3; bad++)
        {
            Assert.Equal(10 - bad, Check(rows).Accepted.Count);
            rows[bad] = rows[bad] with { Rate = 0 };
        }

        var verdict = Check(rows);
        Assert.Empty(verdict.Accepted);
        Assert.Equal(["share 3 of 10 rows are at fault; the first: non-positive 0"], verdict.SheetReasons);
    }

    [Fact]
    public void Rows_that_are_not_wanted_are_no_fault_of_the_source()
    {
        Observation[] strange = [.. "AAB AAC AAF AAG HRK ZMK".Split(' ').Select(code => Given.Figure($"2026-04-14 EUR/{code} 5"))];

        var verdict = Check([.. Move("2026-04-14", 1m), .. strange]);

        Assert.Equal((10, 6), (verdict.Accepted.Count, verdict.Refused.Count));
        Assert.Empty(verdict.SheetReasons);
    }

    [Fact]
    public void A_sheet_without_a_usable_figure_is_refused_and_an_empty_one_is_not()
    {
        Assert.Equal(["nothing of 1 rows can be used; the first: unknown-currency 'ZZZ'"], Check(Given.Figures("2026-04-14 EUR/ZZZ 5"))
            .SheetReasons);
        Assert.Empty(Check([]).SheetReasons);
    }

    [Fact]
    public void Two_directions_that_contradict_each_other_refuse_the_sheet()
    {
        Assert.Empty(Check([.. Move("2026-04-14", 1m), Given.Figure("2026-04-14 USD/EUR 0.8596")]).SheetReasons);
        Assert.StartsWith("direction EUR/USD 1.1634 x USD/EUR 0.8696",
            Assert.Single(Check([.. Move("2026-04-14", 1m), Given.Figure("2026-04-14 USD/EUR 0.8696")]).SheetReasons));
    }

    [Theory]
    [InlineData("USD/JPY 140.49", true)]
    [InlineData("USD/JPY 143.5", false)]
    [InlineData("JPY/USD 0.01", true)]
    [InlineData("JPY/USD 0.0070", true)]
    [InlineData("JPY/USD 0.0100", false)]
    [InlineData("USD/JPY 200 Official", true)]
    [InlineData("USD/JPY 200 Bid", true)]
    public void A_triangle_may_differ_by_rounding(string line, bool passes)
    {
        var verdict = Check([.. Move("2026-04-14", 1m), Given.Figure($"2026-04-14 {line}")]);

        Assert.Equal(passes, verdict.SheetReasons.Count == 0);
        Assert.All(verdict.SheetReasons, reason => Assert.StartsWith("triangle", reason));
    }

    [Fact]
    public void Triangles_are_checked_without_a_pivot()
    {
        var context = new IngestContext { Profile = Given.Profile() with { Pivot = default }, Today = Today };

        Assert.Single(IngestRules.Check(Given.Figures("2026-04-14 EUR/USD 1.16", "2026-04-14 USD/JPY 140", "2026-04-14 EUR/JPY 180",
            "2026-04-14 USD/CHF 0.8"), context).SheetReasons);
    }

    [Fact]
    public void Rows_whose_label_is_no_rate_count_as_published_and_are_no_fault()
    {
        var refused = Move("2026-04-14", 1m)[7..].Select(row => new RefusedObservation(row, "label says no rate")).ToArray();

        var without = IngestRules.Check(Move("2026-04-14", 1m)[..7], Context(Given.Sheet(Yesterday)));
        var verdict = IngestRules.Check(Move("2026-04-14", 1m)[..7], Context(Given.Sheet(Yesterday)) with { RefusedLabels = refused });

        Assert.StartsWith("coverage", Assert.Single(without.SheetReasons), StringComparison.Ordinal);
        Assert.Empty(verdict.SheetReasons);
        Assert.Equal(7, verdict.Accepted.Count);
        Assert.Equal(refused, verdict.Refused);
        Assert.All(verdict.Refused, row => Assert.False(row.IsFault));
    }

    [Fact]
    public void A_sheet_of_nothing_but_labels_that_are_no_rate_is_refused_with_the_first_reason()
    {
        RefusedObservation[] refused = [new(Yesterday[0], "label USD is no rate")];

        var verdict = IngestRules.Check([], Context(null) with { RefusedLabels = refused });

        Assert.Equal("nothing of 1 rows can be used; the first: label USD is no rate", Assert.Single(verdict.SheetReasons));
    }

    [Theory]
    [InlineData(5, 3, false)]
    [InlineData(5, 4, true)]
    [InlineData(4, 1, true)]
    public void From_five_pairs_on_four_fifths_must_be_there(int before, int now, bool passes) =>
        Assert.Equal(passes, IngestRules.Check(
            Move("2026-04-14", 1.001m)[..now], Context(Given.Sheet(Yesterday[..before]))).SheetReasons.Count == 0);

    [Fact]
    public void The_same_day_published_again_with_fewer_pairs_is_incomplete() =>
        Assert.Equal(["coverage 7 of the 10 pairs of 2026-04-13"], Check(Yesterday[..7]).SheetReasons);

    /// <summary>Five pairs are left of ten; the earlier sheets had four or three of them.</summary>
    [Theory]
    [InlineData("2026-04-15", "2026-04-16", 4, true)]
    [InlineData("2026-04-15", "2026-04-16", 3, false)]
    [InlineData("2026-04-15", "2026-04-17", 4, false)]
    [InlineData("2026-04-17", "2026-04-18", 4, false)]
    public void A_smaller_sheet_is_repeated_when_two_earlier_days_had_four_fifths_of_its_pairs(
        string one, string other, int pairs, bool passes)
    {
        var context = Context(Given.Sheet(Yesterday)) with
        {
            Today = Given.Day("2026-04-17"),
            EarlierRefused = [.. Move(one, 1.001m)[..pairs], .. Move(other, 1.001m)[..pairs]],
        };
        Observation[] withAnOldFigure = [.. Move("2026-04-17", 1.001m)[..5], Given.Figure("2026-04-01 EUR/USD 1.1500")];

        Assert.Equal(passes, IngestRules.Check(withAnOldFigure, context).SheetReasons.Count == 0);
    }

    /// <summary>
    /// 1.2 dollars may be 1.15 to 1.25, so what is computed with it may differ by some 4 %. 38.0 and 0.02625 differ by exactly what their
    /// rounding and the tolerance of 0.1 % explain.
    /// </summary>
    [Theory]
    [InlineData("EUR/USD 1.2", "USD/EUR 0.8596", true)]
    [InlineData("EUR/USD 1.2", "USD/EUR 0.8700", false)]
    [InlineData("EUR/USD 1.20", "USD/EUR 0.8596", false)]
    [InlineData("EUR/USD 38.0", "USD/EUR 0.02625", true)]
    [InlineData("EUR/USD 38.0", "USD/EUR 0.02624", false)]
    public void Two_directions_may_differ_by_the_rounding_of_both(string one, string other, bool passes) =>
        Assert.Equal(passes, Reasons(Currency.Eur, one, other).Length == 0);

    [Theory]
    [InlineData("EUR/USD 1.2", "EUR/JPY 163.45", "USD/JPY 140.49", true)]
    [InlineData("EUR/USD 1.20", "EUR/JPY 163.45", "USD/JPY 140.49", false)]
    [InlineData("EUR/USD 1.163", "EUR/JPY 200", "USD/JPY 174.3", false)]
    [InlineData("EUR/USD 1.163", "EUR/CHF 0.9", "USD/CHF 0.74", true)]
    [InlineData("EUR/USD 1.163", "EUR/CHF 0.90", "USD/CHF 0.74", false)]
    public void A_triangle_may_differ_by_the_rounding_of_all_three(string one, string other, string third, bool passes) =>
        Assert.Equal(passes, Reasons(Currency.Eur, one, other, third).Length == 0);

    [Fact]
    public void An_open_triangle_is_named_with_the_rate_through_the_pivot() =>
        Assert.Equal("triangle USD/JPY 143.5 is 140.49338147 through EUR on 2026-04-14",
            Assert.Single(Check([.. Move("2026-04-14", 1m), Given.Figure("2026-04-14 USD/JPY 143.5")]).SheetReasons));

    [Theory]
    [InlineData("EUR", "triangle USD/JPY 140")]
    [InlineData("JPY", "triangle EUR/USD 1.16")]
    [InlineData(null, "triangle EUR/JPY 180", "USD/CHF 0.8")]
    [InlineData(null, "triangle USD/JPY 140")]
    public void Triangles_go_through_the_pivot_else_the_currency_of_most_pairs_else_the_first_in_the_alphabet(
        string? pivot, string reason, params string[] further)
    {
        var reasons = Reasons(
            pivot is null ? default : Currency.Parse(pivot), ["USD/JPY 140", "EUR/USD 1.16", "EUR/JPY 180", .. further]);

        Assert.StartsWith(reason, Assert.Single(reasons), StringComparison.Ordinal);
    }

    /// <summary>Yesterday's sheet is of 13 April; its ten pairs come again with other figures.</summary>
    [Theory]
    [InlineData("2026-04-14", 10, Cadence.Daily, "date 10 of 10 figures differ from those that were published for 2026-04-13")]
    [InlineData("2026-04-14", 8, Cadence.Daily, "date 8 of 10 figures differ from those that were published for 2026-04-13")]
    [InlineData("2026-04-14", 7, Cadence.Daily, "")]
    [InlineData("2026-04-13", 10, Cadence.Daily, "")]
    [InlineData("2026-04-14", 10, Cadence.Weekly, "")]
    public void New_figures_under_the_last_date_are_those_of_the_day_that_is_due(string today, int changed, Cadence cadence, string reason)
    {
        Observation[] again = [.. Yesterday.Select((row, place) => place < changed ? row with { Rate = row.Rate * 1.002m } : row)];
        var context = Context(Given.Sheet(Yesterday)) with { Today = Given.Day(today), Profile = Given.Profile(cadence) };

        var reasons = IngestRules.Check(again, context).SheetReasons;

        Assert.Equal(reason.Length > 0 ? [$"{reason}, and a later day is due"] : [], reasons);
    }

    [Fact]
    public void New_figures_under_the_last_date_are_taken_where_that_means_nothing()
    {
        Observation[] again = [.. Yesterday.Select(row => row with { Rate = row.Rate * 1.002m })];
        var context = Context(Given.Sheet(Yesterday)) with { Today = Given.Day("2026-04-14") };

        Assert.NotEmpty(IngestRules.Check(again, context).SheetReasons);
        Assert.NotEmpty(IngestRules.Check(again[..5], context with { Previous = Given.Sheet(Yesterday[..5]) }).SheetReasons);
        Assert.Empty(IngestRules.Check(again[..4], context with { Previous = Given.Sheet(Yesterday[..4]) }).SheetReasons);
        Assert.Empty(IngestRules.Check(again, context with { Previous = Given.Sheet(Yesterday) with { Seeded = true } }).SheetReasons);
        Assert.Empty(IngestRules.Check([.. again, again[0] with { AsOf = Given.Day("2026-04-14") }], context).SheetReasons);
        Assert.Empty(IngestRules.Check(
            [.. again.Select(row => row with { Kind = RateKind.Last })],
            context with { Previous = Given.Sheet([.. Yesterday.Select(row => row with { Kind = RateKind.Last })]) }).SheetReasons);
    }

    private static string[] Reasons(Currency pivot, params string[] figures) =>
    [
        .. IngestRules.Check([.. figures.Select(figure => Given.Figure($"2026-04-14 {figure}"))],
            Context(null) with { Profile = Given.Profile() with { Pivot = pivot } }).SheetReasons,
    ];
}
