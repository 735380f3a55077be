using static Rates.Core.Tests.Bank;

namespace Rates.Core.Tests;

public sealed class CorroborationTests
{
    [Theory]
    [InlineData("171.2", "171.4", false)]
    [InlineData("178.9", "171.4", false)]
    [InlineData("178.9", "178.2", true)]
    [InlineData("175.1", "175.0", false)]
    [InlineData("175.3", "175.3", true)]
    [InlineData("174.5", "178.2", false)]
    [InlineData("185.0", "186.0", false)]
    public void A_witness_counts_when_it_is_nearer_to_the_new_figure_and_within_the_limit_of_a_revision(
        string one, string other, bool passes)
    {
        var context = Context(Given.Sheet(Given.Figures("2026-04-14 EUR/JPY 171.0"))) with
        {
            Witnesses = Given.Figures($"2026-04-14 EUR/JPY {one}", $"2026-04-14 EUR/JPY {other}"),
        };

        Assert.Equal(passes, IngestRules.Check(Given.Figures("2026-04-14 EUR/JPY 178.7"), context).Accepted.Count == 1);
    }

    [Theory]
    [InlineData("3.7500", "3.7501", false)]
    [InlineData("3.8500", "3.8495", true)]
    [InlineData("3.9200", "3.9300", false)]
    public void A_witness_of_a_peg_must_be_within_one_percent(string one, string other, bool passes)
    {
        var context = new IngestContext
        {
            Profile = Given.Profile(pivot: "USD"),
            Previous = Given.Sheet(Given.Figures("2026-04-13 USD/SAR 3.7500")),
            Today = Today,
            Witnesses = Given.Figures($"2026-04-14 USD/SAR {one}", $"2026-04-14 USD/SAR {other}"),
        };

        Assert.Equal(passes, IngestRules.Check(Given.Figures("2026-04-14 USD/SAR 3.8500"), context).Accepted.Count == 1);
    }

    [Theory]
    [InlineData("2026-04-14", "163.5", "163.4", false)]
    [InlineData("2026-04-14", "163.5", "169.8", true)]
    [InlineData("2026-04-14", "167.4", "167.3", true)]
    [InlineData("2026-04-13", "163.5", "163.4", true)]
    [InlineData("2026-04-14", "164.9", "164.8", false)]
    [InlineData("2026-04-14", "165.1", "165.0", true)]
    public void A_notable_change_within_its_limit_is_refused_when_two_others_of_that_day_keep_to_the_old_level(
        string day, string one, string other, bool passes)
    {
        var context = Context(Given.Sheet(Yesterday)) with { Witnesses = Given.Figures($"{day} EUR/JPY {one}", $"{day} EUR/JPY {other}") };

        var verdict = IngestRules.Check(Changed("JPY", "169.90"), context);

        Assert.Equal(passes ? 10 : 9, verdict.Accepted.Count);
        Assert.Equal(passes ? [] : ["contradicted"], verdict.Refused.Select(row => row.Reason.Split(' ')[0]));
        Assert.Contains(CurrencyPair.Parse("EUR/JPY"), verdict.Doubtful);
    }

    [Theory]
    [InlineData("169.8", "168.9", true)]
    [InlineData("169.8", "163.6", false)]
    [InlineData("169.8", "166.6", false)]
    [InlineData("169.8", "175.2", false)]
    public void A_notable_change_passes_when_two_others_have_it_although_two_keep_to_the_old_level(string one, string other, bool passes)
    {
        var witnesses = Given.Figures(
            "2026-04-14 EUR/JPY 163.5", "2026-04-14 EUR/JPY 163.4", $"2026-04-14 EUR/JPY {one}", $"2026-04-14 EUR/JPY {other}");
        var context = Context(Given.Sheet(Yesterday)) with { Witnesses = witnesses };

        Assert.Equal(passes ? 10 : 9, IngestRules.Check(Changed("JPY", "169.90"), context).Accepted.Count);
    }

    [Fact]
    public void A_level_repeated_for_three_days_does_not_pass_while_two_others_contradict_it()
    {
        var repeated = Given.Figures("2026-04-12 EUR/NGN 2500", "2026-04-11 EUR/NGN 2500");
        var context = Context(Given.Sheet(Yesterday)) with { EarlierRefused = repeated };
        var contradicted = context with { Witnesses = Given.Figures("2026-04-14 EUR/NGN 1811", "2026-04-14 EUR/NGN 1809") };

        Assert.Equal(10, IngestRules.Check(Changed("NGN", "2500.00"), context).Accepted.Count);
        Assert.Equal(9, IngestRules.Check(Changed("NGN", "2500.00"), contradicted).Accepted.Count);
    }

    [Theory]
    [InlineData("2026-04-12", "2026-04-11", "2500", true)]
    [InlineData("2026-04-12", "2026-04-12", "2500", false)]
    [InlineData("2026-04-14", "2026-04-11", "2500", false)]
    [InlineData("2026-04-12", "2026-04-11", "1900", false)]
    public void A_repetition_is_the_same_level_of_two_earlier_days(string one, string other, string rate, bool passes)
    {
        var context = Context(Given.Sheet(Yesterday)) with
        {
            EarlierRefused = Given.Figures($"{one} EUR/NGN {rate}", $"{other} EUR/NGN {rate}"),
        };

        Assert.Equal(passes ? 10 : 9, IngestRules.Check(Changed("NGN", "2500.00"), context).Accepted.Count);
    }

    [Fact]
    public void A_refusal_of_another_pair_or_kind_is_no_repetition()
    {
        var context = Context(Given.Sheet(Yesterday)) with
        {
            EarlierRefused = Given.Figures("2026-04-12 EUR/NGN 2500 Mid", "2026-04-11 EUR/NGN 2500 Mid", "2026-04-12 EUR/KES 2500"),
        };

        Assert.Equal(9, IngestRules.Check(Changed("NGN", "2500.00"), context).Accepted.Count);
    }

    /// <summary>A jump of more than 5 % needs two witnesses that are nearer to it than to the old figure, and within 5 % of it.</summary>
    [Theory]
    [InlineData("108.16", "104.00", false)]
    [InlineData("108.16", "104.01", true)]
    [InlineData("110.00", "115.50", true)]
    [InlineData("110.00", "115.51", false)]
    public void A_witness_half_way_between_two_figures_is_for_neither_and_one_at_the_limit_is_for_the_new_one(
        string rate, string witness, bool passes) =>
        Assert.Equal(passes, Passes("EUR/JPY 100.00", rate, witness, witness));

    /// <summary>
    /// A move of more than 2 % is contradicted by two that keep to the old level and lie more than 3 % from the new one.
    /// </summary>
    [Theory]
    [InlineData("EUR/KRW 1000.00", "1081.60", "1040.00 1040.00", true)]
    [InlineData("EUR/KRW 1000.00", "1081.60", "1039.90 1039.90", false)]
    [InlineData("EUR/KRW 100.00", "105.06", "102.00 102.00", true)]
    [InlineData("EUR/KRW 100.00", "105.07", "102.00 102.00", false)]
    [InlineData("EUR/JPY 100.00", "104.04", "100.00 100.00 102.00 102.00", false)]
    [InlineData("EUR/JPY 100.00", "104.04", "100.00 100.00 102.03 102.03", true)]
    [InlineData("EUR/JPY 100.00", "104.00", "100.00 100.00 107.12 107.12", true)]
    [InlineData("EUR/JPY 100.00", "104.00", "100.00 100.00 107.13 107.13", false)]
    [InlineData("USD/SAR 3.7500", "3.7800", "3.7500 3.7501", false)]
    [InlineData("USD/SAR 3.7500", "3.7700", "3.7500 3.7501", true)]
    public void Who_contradicts_a_move_and_who_bears_it_out_is_decided_by_the_distance(
        string before, string rate, string witnesses, bool passes) =>
        Assert.Equal(passes, Passes(before, rate, witnesses.Split(' ')));

    /// <summary>A crypto asset moves by some per cent on a usual day: its change is notable from 10 % on, contradicted from 15 %.</summary>
    [Theory]
    [InlineData("BTC/EUR 50000", "54990", true)]
    [InlineData("BTC/EUR 50000", "57000", true)]
    [InlineData("BTC/EUR 50000", "58000", false)]
    [InlineData("EUR/BTC 0.000020000", "0.000022800", true)]
    [InlineData("EUR/BTC 0.000020000", "0.000023200", false)]
    [InlineData("XAU/EUR 3000", "3120", false)]
    public void A_crypto_asset_may_move_further_than_others_bear_out(string before, string rate, bool passes) =>
        Assert.Equal(passes, Passes(before, rate, before.Split(' ')[1], before.Split(' ')[1]));

    [Theory]
    [InlineData("open", true)]
    [InlineData("high", true)]
    [InlineData("low", true)]
    [InlineData("close", false)]
    public void Others_say_nothing_about_the_opening_the_highest_and_the_lowest_price_of_a_day(string kind, bool passes)
    {
        var context = Context(Given.Sheet(Given.Figures($"2026-04-13 EUR/JPY 163.5 {kind}", "2026-04-13 EUR/JPY 163.5 mid"))) with
        {
            Witnesses = Given.Figures("2026-04-14 EUR/JPY 163.5", "2026-04-14 EUR/JPY 163.4"),
        };

        var verdict = IngestRules.Check(Given.Figures($"2026-04-14 EUR/JPY 169.9 {kind}", "2026-04-14 EUR/JPY 163.5 mid"), context);

        Assert.Equal(passes ? 2 : 1, verdict.Accepted.Count);
        Assert.Equal(passes, !verdict.Doubtful.Contains(CurrencyPair.Parse("EUR/JPY")));
        Assert.All(verdict.Accepted, row => Assert.False(row.IsUnconfirmed));
    }

    /// <summary>From one day to the next a new level of the naira may move by 17.5 %, half of what passes by itself.</summary>
    [Theory]
    [InlineData("1600.00", "2350.00", "2000.00", "2000.00", null, true)]
    [InlineData("1600.00", "2350.00", "1999.00", "2000.00", null, false)]
    [InlineData("1600.00", "2350.00", "0", "-2350.00", null, false)]
    [InlineData("1000.00", "1440.00", "1440.00", "1440.00", "1200.00", true)]
    [InlineData("1000.00", "1440.00", "1440.00", "1440.00", "1199.00", false)]
    public void A_repeated_level_passes_unless_two_others_are_nearer_to_the_old_one(
        string before, string rate, string yesterday, string dayBefore, string? witness, bool passes)
    {
        var context = new IngestContext
        {
            Profile = Given.Profile(),
            Previous = Given.Sheet(Given.Figures($"2026-04-13 EUR/NGN {before}")),
            Today = Today,
            EarlierRefused = Given.Figures($"2026-04-13 EUR/NGN {yesterday}", $"2026-04-12 EUR/NGN {dayBefore}"),
            Witnesses = witness is null ? [] : Given.Figures($"2026-04-14 EUR/NGN {witness}", $"2026-04-14 EUR/NGN {witness}"),
        };

        Assert.Equal(passes, IngestRules.Check(Given.Figures($"2026-04-14 EUR/NGN {rate}"), context).Accepted.Count == 1);
    }

    private static bool Passes(string before, string rate, params string[] witnesses)
    {
        var pair = before.Split(' ')[0];
        var context = Context(Given.Sheet(Given.Figures($"2026-04-13 {before}"))) with
        {
            Witnesses = [.. witnesses.Select(witness => Given.Figure($"2026-04-14 {pair} {witness}"))],
        };

        return IngestRules.Check(Given.Figures($"2026-04-14 {pair} {rate}"), context).Accepted.Count == 1;
    }

    /// <summary>A move of more than 2 % a day is followed by a witness that is nearer to the new figure, and within 3 % of it.</summary>
    [Theory]
    [InlineData("2026-04-13 EUR/JPY 100.00", "104.00", null, false)]
    [InlineData("2026-04-13 EUR/JPY 100.00", "101.90", null, true)]
    [InlineData("2026-04-09 EUR/JPY 100.00", "104.00", null, true)]
    [InlineData("2026-04-10 EUR/JPY 100.00", "104.10", null, false)]
    [InlineData("2026-04-13 EUR/JPY 100.00", "104.00", "107.12", true)]
    [InlineData("2026-04-13 EUR/JPY 100.00", "104.00", "107.13", false)]
    [InlineData("2026-04-13 EUR/JPY 100.00", "104.04", "102.00", false)]
    [InlineData("2026-04-13 EUR/JPY 100.00", "104.04", "102.01", true)]
    public void A_notable_move_that_nobody_follows_is_accepted_and_unconfirmed(string before, string rate, string? witness, bool isFollowed)
    {
        var context = Context(Given.Sheet(Given.Figures(before))) with
        {
            Witnesses = witness is null ? [] : Given.Figures($"2026-04-14 EUR/JPY {witness}"),
        };

        var verdict = IngestRules.Check(Given.Figures($"2026-04-14 EUR/JPY {rate}"), context);

        Assert.Single(verdict.Accepted);
        Assert.Equal(isFollowed, verdict.Unconfirmed.Count == 0);
    }

    /// <summary>
    /// A change of the naira needs two witnesses. One is there; the other group has figures of several days, of which that of the
    /// nearest day counts, the older of two that are as near.
    /// </summary>
    [Theory]
    [InlineData("2026-04-14 EUR/NGN 2500", true)]
    [InlineData("2026-04-14 NGN/EUR 0.0004", true)]
    [InlineData("2026-04-14 USD/NGN 2500", false)]
    [InlineData("2026-04-10 EUR/NGN 2500", true)]
    [InlineData("2026-04-09 EUR/NGN 2500", false)]
    [InlineData("2026-04-18 EUR/NGN 2500", true)]
    [InlineData("2026-04-19 EUR/NGN 2500", false)]
    [InlineData("2026-04-14 EUR/NGN 0", false)]
    [InlineData("2026-04-16 EUR/NGN 1800, 2026-04-15 EUR/NGN 2500", true)]
    [InlineData("2026-04-15 EUR/NGN 1800, 2026-04-16 EUR/NGN 2500", false)]
    [InlineData("2026-04-15 EUR/NGN 1800, 2026-04-13 EUR/NGN 2500", true)]
    [InlineData("2026-04-15 EUR/NGN 2500, 2026-04-13 EUR/NGN 1800", false)]
    [InlineData("2026-04-14 EUR/NGN 2500, 2026-04-13 EUR/NGN 1800", true)]
    public void A_group_with_figures_of_several_days_is_one_witness_with_that_of_the_nearest_day(string figures, bool passes)
    {
        var context = Context(Given.Sheet(Yesterday)) with
        {
            Witnesses = Given.Figures("2026-04-14 EUR/NGN 2500"),
            PastWitnesses = [Given.Figures(figures.Split(", "))],
        };

        Assert.Equal(passes, IngestRules.Check(Changed("NGN", "2500.00"), context).Accepted.Count == 10);
    }

    [Fact]
    public void Two_figures_of_one_group_are_not_two_witnesses()
    {
        var context = Context(Given.Sheet(Yesterday)) with
        {
            PastWitnesses = [Given.Figures("2026-04-14 EUR/NGN 2500", "2026-04-15 EUR/NGN 2500")],
        };

        Assert.Equal(9, IngestRules.Check(Changed("NGN", "2500.00"), context).Accepted.Count);
    }
}
