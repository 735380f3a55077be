namespace Rates.Core.Tests;

/// <summary>Which days of a history are kept aside: figures at each limit, and one step beyond it.</summary>
public sealed class HistorySeriesCheckTests
{
    [Theory]
    [InlineData("01-06 19.5, 01-07 19.6, 01-08 19.4, 01-09 1950", "01-09")]
    [InlineData("01-06 19.5, 01-07 19.6, 01-08 19.4, 01-09 195, 01-10 196", "01-09 01-10")]
    [InlineData("01-06 195, 01-07 196, 01-08 19.4, 01-09 19.5, 01-10 19.6", "01-06 01-07")]
    [InlineData("01-06 195, 01-07 19.5", "01-06")]
    public void With_nothing_stored_the_newest_figure_that_the_two_before_it_confirm_is_right(string rows, string refused) =>
        Assert.Equal(refused, Refused("AMD/UAH", rows));

    [Theory]
    [InlineData("01-09 195, 01-08 19.5")]
    [InlineData("01-08 19.5, 01-09 195")]
    [InlineData("01-04 195, 01-05 19.5, 01-08 19.5")]
    [InlineData("01-05 195, 01-08 19.5")]
    [InlineData("01-04 195, 01-05 19.5")]
    [InlineData("01-05 19.5, 01-04 195")]
    [InlineData("01-07 195")]
    [InlineData("01-06 195")]
    public void The_nearest_stored_figure_of_another_day_is_the_one_that_counts(string stored) =>
        Assert.Equal("", Refused("AMD/UAH", "01-06 19.4, 01-07 19.6", stored));

    [Fact]
    public void A_level_that_began_before_the_window_is_no_spike_of_its_first_day() =>
        Assert.Equal("", Refused("EUR/PLN", "01-06 4.9, 01-07 3.9", "01-05 4.9, 01-08 3.9"));

    [Theory]
    [InlineData("01-06 5.5, 01-07 5.5, 01-08 5.5", "01-06 01-07 01-08")]
    [InlineData("01-06 5.5, 01-07 5.5, 01-08 5.5, 01-09 5.5", "")]
    public void A_spike_that_fills_the_window_is_seen_from_what_is_stored_on_both_sides(string rows, string refused) =>
        Assert.Equal(refused, Refused("EUR/PLN", rows, "01-05 4.0, 01-10 4.0"));

    [Theory]
    [InlineData("01-06 5.5, 01-07 7.6, 01-08 10.3")]
    [InlineData("01-06 4.8, 01-07 4.4")]
    public void A_figure_from_which_the_next_ones_go_on_is_no_spike(string rows) =>
        Assert.Equal("", Refused("EUR/PLN", rows, "01-05 4.0"));

    /// <summary>The usual move around the 8th is 10 %: a spike is more than 40 % away from both of its neighbours.</summary>
    [Theory]
    [InlineData("100", "140", "")]
    [InlineData("100", "141", "01-08")]
    [InlineData("110", "145", "")]
    public void A_spike_is_more_than_four_usual_moves_from_the_figures_on_both_sides(string before, string rate, string refused) =>
        Assert.Equal(refused,
            Refused("EUR/PLN", $"01-04 100, 01-05 110, 01-06 100, 01-07 {before}, 01-08 {rate}, 01-11 100, 01-12 110, 01-13 100"));

    /// <summary>Of the moves around 11 February (0, 0, 10, 10 %) the first needs the figure of January.</summary>
    [Theory]
    [InlineData("01-11", "")]
    [InlineData("01-10", "02-11")]
    public void The_usual_move_is_the_upper_middle_of_at_least_four_and_within_31_days(string first, string refused) =>
        Assert.Equal(refused, Refused("EUR/PLN", $"{first} 110, 02-10 110, 02-11 150, 02-12 110, 02-13 121, 02-14 110"));

    [Fact]
    public void The_usual_move_is_that_of_the_ten_nearest_figures()
    {
        string[] wild = [.. Enumerable.Range(1, 12).Select(day => $"01-{day:00} {(day % 2 == 0 ? 100 : 114)}")];
        string[] quiet = [.. Enumerable.Range(13, 14).Select(day => $"01-{day} {(day == 20 ? 145 : 100)}")];

        Assert.Equal("01-20", Refused("EUR/PLN", string.Join(", ", [.. wild, .. quiet])));
    }

    /// <summary>A euro figure of one day may move by 5 %, so a factor of ten is 9.5238... to 10.5, both excluded.</summary>
    [Theory]
    [InlineData("1", "10.49", "01-06")]
    [InlineData("1", "10.5", "")]
    [InlineData("2.1", "20", "")]
    [InlineData("2.1", "20.01", "01-06")]
    public void A_step_is_a_power_of_ten_when_it_fits_within_the_limit_of_a_move(string before, string rate, string refused) =>
        Assert.Equal(refused, Refused("EUR/USD", $"01-06 {rate}", $"01-05 {before}"));

    [Theory]
    [InlineData("EUR/SDG", "66", "433", "")]
    [InlineData("MGA/UAH", "0.005", "0.025", "01-06")]
    [InlineData("ZMW/UAH", "2.5", "0.0025", "01-06")]
    public void A_factor_of_a_redenomination_is_a_round_number_from_five_on(string pair, string before, string rate, string refused) =>
        Assert.Equal(refused, Refused(pair, $"01-06 {rate}", $"01-05 {before}"));

    /// <summary>The new leu came on 2005-07-01, ten thousand old ones each; the new lira on 2005-01-01, a million old ones.</summary>
    [Theory]
    [InlineData("RON/HUF", "2005-08-01 0.0071, 2005-08-02 71.2", "")]
    [InlineData("RON/HUF", "2005-08-02 0.0071, 2005-08-03 71.2", "2005-08-02")]
    [InlineData("RON/HUF", "2005-05-30 0.0071, 2005-05-31 71.2", "")]
    [InlineData("RON/HUF", "2005-05-29 0.0071, 2005-05-30 71.2", "2005-05-29")]
    [InlineData("HUF/RON", "2005-06-30 140.4, 2005-07-01 0.01404", "")]
    [InlineData("RON/TRY", "2005-06-30 0.0000462, 2005-07-01 0.462", "")]
    [InlineData("RON/TRY", "2005-06-30 0.000000462, 2005-07-01 0.462", "2005-06-30")]
    public void A_step_by_the_factor_of_a_redenomination_is_right_up_to_31_days_from_it(string pair, string rows, string refused) =>
        Assert.Equal(refused, Refused(pair, rows));

    [Theory]
    [InlineData("2005-05-27 0.0071", "2005-08-10 71.2")]
    [InlineData("2005-08-10 71.2", "2005-05-27 0.0071")]
    public void A_redenomination_between_two_figures_far_apart_explains_the_step_in_either_direction(string row, string stored) =>
        Assert.Equal("", Refused("RON/HUF", row, stored, Cadence.Monthly));

    /// <summary>Days without a year are of 2016.</summary>
    private static string Refused(string pair, string rows, string stored = "", Cadence cadence = Cadence.Daily)
    {
        var context = new IngestContext { Profile = Given.Profile(cadence), Today = Given.Day("2026-04-14") };
        var refused = HistoryRules.Check(Figures(pair, rows), Figures(pair, stored), context).Refused.Select(row => row.Observation.AsOf);
        return string.Join(' ', refused.Order().Select(day => day.Year == 2016 ? $"{day:MM-dd}" : $"{day:yyyy-MM-dd}"));
    }

    private static Observation[] Figures(string pair, string lines) =>
    [
        .. lines.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))
            .Select(words => Given.Figure($"{(words[0].Length == 5 ? "2016-" : "")}{words[0]} {pair} {words[1]}")),
    ];
}
