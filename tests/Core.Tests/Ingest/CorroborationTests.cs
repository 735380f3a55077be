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
}
