using static Rates.Core.Tests.Bank;

namespace Rates.Core.Tests;

public sealed class ChangeRulesTests
{
    [Theory]
    [InlineData("PLN", "42.610", "scale EUR/PLN 4.2570 on 2026-04-13 to 42.610 on 2026-04-14 is a factor of 10")]
    [InlineData("JPY", "1.6351", "scale EUR/JPY 163.45 on 2026-04-13 to 1.6351 on 2026-04-14 is a factor of 1/100")]
    [InlineData("NGN", "18105500", "scale EUR/NGN 1810.55 on 2026-04-13 to 18105500 on 2026-04-14 is a factor of 10000")]
    [InlineData("PLN", "0.2349", "inverted EUR/PLN 4.2570 on 2026-04-13 to 0.2349 on 2026-04-14 is 1 / rate")]
    [InlineData("SEK", "11.3205", "neighbour EUR/SEK 11.0105 on 2026-04-13 to 11.3205 on 2026-04-14 is what EUR/NOK was")]
    [InlineData("USD", "1.2300", "jump EUR/USD 1.1634 on 2026-04-13 to 1.2300 on 2026-04-14 is more than 5 % in 1 days")]
    [InlineData("KRW", "1850.00", "jump EUR/KRW 1599.90 on 2026-04-13 to 1850.00 on 2026-04-14 is more than 15 % in 1 days")]
    [InlineData("NGN", "2500.00", "jump EUR/NGN 1810.55 on 2026-04-13 to 2500.00 on 2026-04-14 is more than 35 % in 1 days")]
    [InlineData("NGN", "1300.00", "jump EUR/NGN 1810.55 on 2026-04-13 to 1300.00 on 2026-04-14 is more than 35 % in 1 days")]
    [InlineData("DKK", "7.5404", "jump EUR/DKK 7.4604 on 2026-04-13 to 7.5404 on 2026-04-14 is more than 1 % in 1 days")]
    public void A_figure_too_far_from_the_last_is_refused_with_the_kind_of_change(string quote, string rate, string reason)
    {
        var verdict = Check(Changed(quote, rate));

        Assert.Equal((9, reason), (verdict.Accepted.Count, Assert.Single(verdict.Refused).Reason));
    }

    [Theory]
    [InlineData("USD", "1.2200")]
    [InlineData("KRW", "1830.00")]
    [InlineData("NGN", "2400.00")]
    [InlineData("NGN", "1350.00")]
    [InlineData("DKK", "7.5004")]
    public void A_move_within_its_limit_passes(string quote, string rate) => Assert.Empty(Check(Changed(quote, rate)).Refused);

    [Theory]
    [InlineData("2026-04-13", "EUR/USD 1.1800 Reference", true)]
    [InlineData("2026-04-13", "EUR/USD 1.1900 Reference", false)]
    [InlineData("2026-04-13", "EUR/USD 1.1634 Reference", true)]
    public void A_fixing_may_be_corrected_a_little(string day, string line, bool passes)
    {
        var verdict = Check([Given.Figure($"{day} {line}"), .. Yesterday[1..]]);

        Assert.Equal(passes, verdict.Refused.Count == 0);
        Assert.All(verdict.Refused, row => Assert.StartsWith("revision", row.Reason));
    }

    [Fact]
    public void More_days_since_the_last_figure_allow_a_larger_change()
    {
        var monthAgo = Given.Sheet(Given.Figures("2026-03-13 EUR/USD 1.1634"));
        var context = new IngestContext { Profile = Given.Profile(), Previous = monthAgo, Today = Today };

        // Ten days at most: 5 % x 3.1623.
        Assert.Empty(IngestRules.Check(Given.Figures("2026-04-14 EUR/USD 1.3400"), context).Refused);
        Assert.EndsWith("is more than 15.8 % in 32 days",
            IngestRules.Check(Given.Figures("2026-04-14 EUR/USD 1.3500"), context).Refused[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_figure_of_one_digit_may_move_by_that_digit()
    {
        var context = new IngestContext
        {
            Profile = Given.Profile(pivot: "USD"),
            Previous = Given.Sheet(Given.Figures("2026-04-13 KRW/USD 0.0007")),
            Today = Today
        };

        Assert.Empty(IngestRules.Check(Given.Figures("2026-04-14 KRW/USD 0.0008"), context).Refused);
        Assert.NotEmpty(IngestRules.Check(Given.Figures("2026-04-14 KRW/USD 0.0010"), context).Refused);
    }

    [Fact]
    public void Older_days_are_not_compared_with_the_current_figure()
    {
        var verdict = Check(Given.Figures("2014-12-01 EUR/NGN 210", "2014-12-02 EUR/NGN 300", "2008-01-02 EUR/PLN 36"));

        Assert.Equal(3, verdict.Accepted.Count);
        Assert.Empty(verdict.SheetReasons);
    }

    [Fact]
    public void Several_new_days_are_compared_one_by_one()
    {
        var days = Given.Figures("2026-04-10 EUR/USD 1.50", "2026-04-14 EUR/USD 1.21", "2026-04-15 EUR/USD 1.26");

        Assert.Equal(3, IngestRules.Check(days, Context(Given.Sheet(Yesterday[0]))).Accepted.Count);
    }

    [Theory]
    [InlineData("EUR/NGN 2480", "EUR/NGN 2600", true)]
    [InlineData("EUR/NGN 2480", "NGN/EUR 0.0004", true)]
    [InlineData("EUR/NGN 2480", "EUR/NGN 1811", false)]
    [InlineData("EUR/NGN 2480", "USD/NGN 2500", false)]
    public void A_devaluation_passes_when_two_others_confirm_it(string one, string other, bool passes)
    {
        var context = Context(Given.Sheet(Yesterday)) with
        {
            Witnesses = Given.Figures($"2026-04-14 {one} Mid",
            $"2026-04-13 {other} Mid")
        };

        var verdict = IngestRules.Check(Changed("NGN", "2500.00"), context);

        Assert.Equal(passes ? 10 : 9, verdict.Accepted.Count);
    }

    [Theory]
    [InlineData("2026-04-09", false)]
    [InlineData("2026-04-10", true)]
    [InlineData("2026-04-18", true)]
    [InlineData("2026-04-19", false)]
    public void A_witness_counts_up_to_four_days_before_and_after(string day, bool passes)
    {
        var context = Context(Given.Sheet(Yesterday)) with
        {
            Witnesses = Given.Figures("2026-04-14 EUR/NGN 2500", $"{day} EUR/NGN 2500"),
        };

        Assert.Equal(passes, IngestRules.Check(Changed("NGN", "2500.00"), context).Refused.Count == 0);
    }

    [Fact]
    public void A_broken_peg_that_its_only_source_repeats_passes_on_the_third_day()
    {
        var sheet = Given.Sheet(Given.Figures("2026-04-13 USD/BOB 6.96"));
        List<Observation> refused = [];
        foreach (var line in new[] { "2026-04-14 USD/BOB 10.50", "2026-04-15 USD/BOB 10.52", "2026-04-16 USD/BOB 10.49" })
        {
            var candidate = Given.Figures(line);
            var context = new IngestContext
            {
                Profile = Given.Profile(pivot: "BOB"),
                Previous = sheet,
                Today = candidate[0].AsOf,
                EarlierRefused = [.. refused, .. refused]
            };

            var verdict = IngestRules.Check(candidate, context);

            Assert.Equal(refused.Count == 2, verdict.Accepted.Count == 1);
            refused.AddRange(candidate);
        }
    }

    [Theory]
    [InlineData(Cadence.Daily, 2)]
    [InlineData(Cadence.Weekly, 2)]
    [InlineData(Cadence.Monthly, 1)]
    [InlineData(Cadence.Quarterly, 1)]
    public void A_devaluation_is_held_back_for_two_days_but_for_one_month_only(Cadence cadence, int publications)
    {
        var sheet = Given.Sheet(Given.Figures("2020-12-01 USD/LYD 1.34"));
        var earlier = Given.Figures("2021-01-01 USD/LYD 4.46", "2021-02-01 USD/LYD 4.44");
        var row = Given.Figures("2021-03-01 USD/LYD 4.48");
        var context = new IngestContext { Profile = Given.Profile(cadence, pivot: "LYD"), Previous = sheet, Today = row[0].AsOf };

        Assert.Empty(IngestRules.Check(row, context with { EarlierRefused = earlier[..(publications - 1)] }).Accepted);
        Assert.Single(IngestRules.Check(row, context with { EarlierRefused = earlier[..publications] }).Accepted);
    }

    [Theory]
    [InlineData("2021-02-24 USD/SDG 430", 1)]
    [InlineData("2021-02-24 USD/SDG 520", 0)]
    public void A_currency_let_float_repeats_itself_while_it_moves_half_as_far_as_it_may(string line, int accepted)
    {
        var row = Given.Figures(line);
        var context = new IngestContext
        {
            Profile = Given.Profile(pivot: "SDG"),
            Previous = Given.Sheet(Given.Figures("2021-02-21 USD/SDG 55")),
            Today = row[0].AsOf,
            EarlierRefused = Given.Figures("2021-02-22 USD/SDG 375", "2021-02-23 USD/SDG 390"),
        };

        Assert.Equal(accepted, IngestRules.Check(row, context).Accepted.Count);
    }

    [Fact]
    public void The_same_publication_fetched_again_is_no_repetition()
    {
        var context = Context(Given.Sheet(Yesterday)) with
        {
            EarlierRefused = Given.Figures("2026-04-14 EUR/NGN 2500",
            "2026-04-14 EUR/NGN 2500", "2026-04-13 EUR/NGN 2500")
        };

        Assert.Single(IngestRules.Check(Changed("NGN", "2500.00"), context).Refused);
    }

    /// <summary>A factor of ten fits within 2 %; an inversion as well, unless the rate is within about 5 % of one.</summary>
    [Theory]
    [InlineData("1.00", "9.80", "jump")]
    [InlineData("1.00", "9.81", "scale")]
    [InlineData("1.00", "10.19", "scale")]
    [InlineData("1.00", "10.20", "jump")]
    [InlineData("0.001", "1000000000", "scale")]
    [InlineData("1.0513", "0.9512", "jump")]
    [InlineData("1.0514", "0.9511", "inverted")]
    [InlineData("2.00", "0.509", "inverted")]
    [InlineData("2.00", "0.51", "jump")]
    public void The_reason_names_what_the_change_looks_like(string before, string rate, string reason)
    {
        var verdict = IngestRules.Check(
            Given.Figures($"2026-04-14 EUR/USD {rate}"), Context(Given.Sheet(Given.Figures($"2026-04-13 EUR/USD {before}"))));

        Assert.StartsWith($"{reason} EUR/USD", Assert.Single(verdict.Refused).Reason, StringComparison.Ordinal);
    }

    /// <summary>The krona changes to what the krone was: by 1 % and by 3.5 %, with three, four and five digits.</summary>
    [Theory]
    [InlineData("11.2105", "11.3205", "11.3205", true)]
    [InlineData("11.0", "11.4", "11.4", true)]
    [InlineData("11.010", "11.400", "11.40", true)]
    [InlineData("11.010", "11.400", "11.400", false)]
    public void A_figure_is_of_another_row_when_the_change_is_large_and_five_digits_are_equal(
        string krona, string krone, string rate, bool passes)
    {
        var before = Given.Sheet(Given.Figures($"2026-04-13 EUR/SEK {krona}", $"2026-04-13 EUR/NOK {krone}"));

        Assert.Equal(passes, IngestRules.Check(Given.Figures($"2026-04-14 EUR/SEK {rate}"), Context(before)).Accepted.Count == 1);
    }

    [Fact]
    public void A_correction_of_the_newest_day_is_what_the_next_day_is_compared_with()
    {
        var rows = Given.Figures("2026-04-13 EUR/USD 1.1800", "2026-04-14 EUR/USD 1.2350");

        Assert.Equal(2, IngestRules.Check(rows, Context(Given.Sheet(Yesterday[0]))).Accepted.Count);
    }

    [Fact]
    public void Of_several_days_of_the_previous_sheet_the_newest_is_compared()
    {
        var days = Given.Figures("2026-04-10 EUR/USD 1.0000", "2026-04-13 EUR/USD 1.1634");
        var rows = Given.Figures("2026-04-14 EUR/USD 1.1700");

        Assert.Empty(IngestRules.Check(rows, Context(Given.Sheet(days))).Refused);
        Assert.Empty(IngestRules.Check(rows, Context(Given.Sheet([.. days.Reverse()]))).Refused);
    }

    [Fact]
    public void A_figure_of_zero_in_the_previous_sheet_is_compared_with_nothing() =>
        Assert.Empty(IngestRules.Check(
            Given.Figures("2026-04-14 EUR/USD 1.16"), Context(Given.Sheet(Given.Figures("2026-04-13 EUR/USD 0")))).Refused);
}
