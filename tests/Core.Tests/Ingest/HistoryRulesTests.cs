namespace Rates.Core.Tests;

/// <summary>Days of the past that cannot be right are kept aside; real changes of level are not.</summary>
public sealed class HistoryRulesTests
{
    private static readonly string[] Quiet = ["2020-03-02 AMD/UAH 19.5", "2020-03-03 AMD/UAH 19.6", "2020-03-04 AMD/UAH 19.4",
        "2020-03-05 AMD/UAH 19.5"];

    [Fact]
    public void An_ordinary_history_is_kept_whole()
    {
        var verdict = Check(Quiet, [], []);

        Assert.Equal(Given.Figures(Quiet), verdict.Accepted);
        Assert.Empty(verdict.Refused);
        Assert.Empty(verdict.SheetReasons);
    }

    [Theory]
    [InlineData("1950")]
    [InlineData("0.195")]
    [InlineData("195")]
    public void Older_figures_a_power_of_ten_away_from_what_is_stored_are_kept_aside(string rate)
    {
        var verdict = Check([$"2020-03-02 AMD/UAH {rate}", $"2020-03-03 AMD/UAH {rate}", "2020-03-04 AMD/UAH 19.4"],
            ["2020-03-05 AMD/UAH 19.5"], []);

        Assert.Equal(["2020-03-04"], Days(verdict));
        Assert.All(verdict.Refused, row => Assert.StartsWith("step AMD/UAH", row.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_that_moves_while_it_is_kept_aside_stays_aside()
    {
        var verdict = Check(
            ["2020-02-03 AMD/UAH 290", "2020-02-10 AMD/UAH 245", "2020-02-17 AMD/UAH 220", "2020-02-24 AMD/UAH 195"],
            ["2020-02-25 AMD/UAH 19.5"], []);

        Assert.Empty(verdict.Accepted);
        Assert.Equal(4, verdict.Refused.Count);
    }

    [Fact]
    public void What_continues_figures_kept_aside_in_a_later_window_is_kept_aside_as_well()
    {
        var context = Context() with { EarlierRefused = Given.Figures("2020-03-06 AMD/UAH 1950") };

        var verdict = HistoryRules.Check(Given.Figures("2020-03-04 AMD/UAH 1940", "2020-03-05 AMD/UAH 1950"), [], context);

        Assert.Empty(verdict.Accepted);
    }

    [Fact]
    public void Figures_stored_before_the_window_are_held_against_it_too()
    {
        var verdict = Check(["2020-03-03 AMD/UAH 196", "2020-03-04 AMD/UAH 195"], ["2020-03-02 AMD/UAH 19.5"], []);

        Assert.Empty(verdict.Accepted);
        Assert.Contains("factor of 10 from AMD/UAH 19.5 on 2020-03-02", verdict.Refused[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void With_nothing_stored_the_level_that_three_days_share_is_right()
    {
        var verdict = Check([.. Quiet, "2020-03-06 AMD/UAH 1950"], [], []);

        Assert.Equal(["2020-03-06"], verdict.Refused.Select(row => Day(row.Observation)));
    }

    [Theory]
    [InlineData("25.1")]
    [InlineData("14.8")]
    public void A_spike_that_returns_is_kept_aside(string rate)
    {
        string[] rows = ["2020-03-02 EUR/PLN 19.5", "2020-03-03 EUR/PLN 19.6", $"2020-03-04 EUR/PLN {rate}", "2020-03-05 EUR/PLN 19.5",
            "2020-03-06 EUR/PLN 19.5"];

        var verdict = Check(rows, [], []);

        var spike = Assert.Single(verdict.Refused);
        Assert.Equal("2020-03-04", Day(spike.Observation));
        Assert.StartsWith("spike EUR/PLN", spike.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_spike_at_the_old_end_returns_to_what_is_stored_before_it()
    {
        var verdict = Check(["2020-03-03 EUR/PLN 4.9", "2020-03-04 EUR/PLN 3.9"], ["2020-03-02 EUR/PLN 3.88", "2020-03-05 EUR/PLN 3.9"],
            []);

        Assert.Equal(["2020-03-04"], Days(verdict));
    }

    [Fact]
    public void A_spike_of_three_days_is_found_and_a_level_of_four_is_a_level()
    {
        string[] three = ["2020-03-02 EUR/PLN 4.0", "2020-03-03 EUR/PLN 5.5", "2020-03-04 EUR/PLN 5.5", "2020-03-05 EUR/PLN 5.5",
            "2020-03-06 EUR/PLN 4.0"];
        string[] four = [.. three[..^1], "2020-03-06 EUR/PLN 5.5", "2020-03-09 EUR/PLN 4.0"];

        Assert.Equal(3, Check(three, ["2020-03-09 EUR/PLN 4.0"], []).Refused.Count);
        Assert.Empty(Check(four, ["2020-03-10 EUR/PLN 4.0"], []).Refused);
    }

    [Fact]
    public void In_a_wild_week_a_day_that_lies_apart_is_no_fault()
    {
        string[] wild =
        [
            "1998-01-05 USD/IDR 6700", "1998-01-06 USD/IDR 7300", "1998-01-07 USD/IDR 7900", "1998-01-08 USD/IDR 10700",
            "1998-01-09 USD/IDR 8700",
            "1998-01-12 USD/IDR 8000", "1998-01-13 USD/IDR 8500", "1998-01-14 USD/IDR 7600",
        ];

        Assert.Empty(Check(wild, [], []).Refused);
        Assert.Single(Check([.. wild.Select(row => row.Replace(" 10700", " 16900", StringComparison.Ordinal))], [], []).Refused);
    }

    [Fact]
    public void A_change_of_level_that_stays_is_no_fault() =>
        Assert.Empty(Check(["2015-01-13 EUR/CHF 1.2010", "2015-01-14 EUR/CHF 1.2010", "2015-01-15 EUR/CHF 1.0280",
            "2015-01-16 EUR/CHF 1.0128"], [], []).Refused);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 0)]
    public void Two_independent_providers_bear_a_doubted_figure_out(int witnesses, int refused)
    {
        var others = Enumerable.Repeat("2020-03-03 AMD/UAH 1960", witnesses).ToArray();

        var verdict = Check(["2020-03-02 AMD/UAH 1950", "2020-03-03 AMD/UAH 1950", "2020-03-04 AMD/UAH 19.4"], ["2020-03-05 AMD/UAH 19.5"],
            others);

        Assert.Equal(refused, verdict.Refused.Count);
    }

    [Theory]
    [InlineData("2005-06-30", "2005-07-01", 0)]
    [InlineData("2006-06-29", "2006-06-30", 1)]
    public void A_step_by_the_factor_of_a_redenomination_is_right_only_on_its_day(string before, string after, int refused) =>
        Assert.Equal(refused, Check([$"{before} RON/HUF 0.0071", $"{after} RON/HUF 71.2"], [], []).Refused.Count);

    [Fact]
    public void A_factor_that_is_no_power_of_ten_is_known_from_the_registry()
    {
        var verdict = Check(["2012-03-01 TMT/UAH 0.00056", "2012-03-02 TMT/UAH 2.81"], ["2012-03-05 TMT/UAH 2.81"], []);

        Assert.Contains("factor of 5000", Assert.Single(verdict.Refused).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Cadence.Daily, "2020-01-31", 0)]
    [InlineData(Cadence.Daily, "2020-02-03", 1)]
    [InlineData(Cadence.Monthly, "2020-01-31", 1)]
    [InlineData(Cadence.Quarterly, "2019-09-30", 1)]
    public void How_far_back_a_figure_is_compared_depends_on_the_cadence(Cadence cadence, string day, int refused)
    {
        var context = Context(cadence);

        var verdict = HistoryRules.Check(Given.Figures($"{day} AMD/UAH 195"), Given.Figures("2020-03-05 AMD/UAH 19.5"), context);

        Assert.Equal(refused, verdict.Refused.Count);
    }

    [Fact]
    public void Kinds_and_pairs_are_judged_apart()
    {
        var verdict = Check(["2020-03-04 AMD/UAH 195 bid", "2020-03-04 UAH/AMD 0.051"], ["2020-03-05 AMD/UAH 19.5"], []);

        Assert.Equal(2, verdict.Accepted.Count);
    }

    /// <summary>Several days of one source are one witness, and its figure of the nearest day counts.</summary>
    [Theory]
    [InlineData("2026-03-10 EUR/PLN 42.5|2026-03-11 EUR/PLN 42.5|2026-03-09 EUR/PLN 42.5", "", false)]
    [InlineData("2026-03-10 EUR/PLN 42.5|2026-03-11 EUR/PLN 42.5", "2026-03-12 EUR/PLN 42.4", true)]
    [InlineData("2026-03-10 EUR/PLN 42.5", "2026-03-09 EUR/PLN 4.25|2026-03-12 EUR/PLN 42.4", false)]
    [InlineData("2026-03-10 EUR/PLN 42.5", "2026-03-10 PLN/EUR 0.0236", true)]
    [InlineData("2026-03-10 EUR/PLN 42.5", "2026-03-15 EUR/PLN 42.5", false)]
    public void One_source_is_one_witness_of_a_day_in_the_past(string one, string other, bool passes)
    {
        IReadOnlyList<Observation>[] groups =
            [.. new[] { one, other }.Select(group => Given.Figures(group.Split('|', StringSplitOptions.RemoveEmptyEntries)))];

        var verdict = HistoryRules.Check(
            Given.Figures("2026-03-10 EUR/PLN 42.57"), Given.Figures("2026-03-11 EUR/PLN 4.25"), Context() with { PastWitnesses = groups });

        Assert.Equal(passes, verdict.Accepted.Count == 1);
    }

    private static IngestVerdict Check(string[] rows, string[] stored, string[] witnesses) =>
        HistoryRules.Check(Given.Figures(rows), Given.Figures(stored), Context() with { Witnesses = Given.Figures(witnesses) });

    private static IngestContext Context(Cadence cadence = Cadence.Daily) =>
        new() { Profile = Given.Profile(cadence), Today = Given.Day("2026-04-14") };

    private static IEnumerable<string> Days(IngestVerdict verdict) => verdict.Accepted.Select(Day);

    private static string Day(Observation row) => row.AsOf.ToString("yyyy-MM-dd");
}
