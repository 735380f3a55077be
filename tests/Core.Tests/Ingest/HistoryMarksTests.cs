namespace Rates.Core.Tests;

/// <summary>Which figures of the past are stored as unconfirmed, by what stands beside them.</summary>
public sealed class HistoryMarksTests
{
    private const string Pair = "EUR/NGN";

    /// <summary>Stored figures of later or earlier days, with an exclamation mark for unconfirmed; the rows are of 5 and 6 March.</summary>
    [Theory]
    [InlineData("", false)]
    [InlineData("2020-03-09 1800", false)]
    [InlineData("2020-03-09 1800!", true)]
    [InlineData("2020-03-02 1800!", true)]
    [InlineData("2020-03-05 1800!", true)]
    [InlineData("2020-03-09 1800!,2020-03-10 1800", false)]
    [InlineData("2020-03-09 1800!,2020-03-02 1800", false)]
    [InlineData("2020-04-06 1800!", true)]
    [InlineData("2020-04-07 1800!", false)]
    [InlineData("2020-02-03 1800!", true)]
    [InlineData("2020-02-02 1800!", false)]
    public void Figures_beside_unconfirmed_ones_alone_are_unconfirmed(string stored, bool isMarked)
    {
        var verdict = Check(["2020-03-05 EUR/NGN 1800", "2020-03-06 EUR/NGN 1801"], stored);

        Assert.Equal([isMarked, isMarked], verdict.Accepted.Select(row => row.IsUnconfirmed));
        Assert.Empty(verdict.Refused);
    }

    [Fact]
    public void An_unconfirmed_figure_refuses_nothing()
    {
        Assert.Single(Check(["2020-03-06 EUR/NGN 180"], "2020-03-09 1800").Refused);

        var verdict = Check(["2020-03-06 EUR/NGN 180"], "2020-03-09 1800!");

        Assert.True(Assert.Single(verdict.Accepted).IsUnconfirmed);
    }

    /// <summary>The naira, which may move by 35 % in a day, is stored at 1800 on 9 March.</summary>
    [Theory]
    [InlineData("2020-03-08 EUR/NGN 2400", false)]
    [InlineData("2020-03-08 EUR/NGN 2440", true)]
    [InlineData("2020-03-05 EUR/NGN 3000", false)]
    [InlineData("2020-03-05 EUR/NGN 3070", true)]
    public void A_level_that_changes_where_two_documents_meet_is_unconfirmed(string row, bool isMarked)
    {
        var verdict = Check(["2020-03-04 EUR/NGN 3070", row], "2020-03-09 1800");

        Assert.All(verdict.Accepted, each => Assert.Equal(isMarked, each.IsUnconfirmed));
        Assert.Equal(2, verdict.Accepted.Count);
        Assert.Equal(isMarked ? [CurrencyPair.Parse(Pair)] : [], verdict.Doubtful);
    }

    [Fact]
    public void A_lower_level_where_two_documents_meet_is_unconfirmed_as_well() => Assert.All(
        Check(["2020-03-07 EUR/NGN 1310", "2020-03-08 EUR/NGN 1320"], "2020-03-09 1800").Accepted,
        row => Assert.True(row.IsUnconfirmed));

    [Fact]
    public void A_change_of_level_within_a_document_is_one_of_the_market()
    {
        var verdict = Check(["2020-03-05 EUR/NGN 1000", "2020-03-06 EUR/NGN 1800"], "2020-03-09 1800");

        Assert.All(verdict.Accepted, row => Assert.False(row.IsUnconfirmed));
    }

    [Fact]
    public void A_change_of_level_after_the_stored_days_is_not_looked_at() =>
        Assert.False(Assert.Single(Check(["2020-03-10 EUR/NGN 2700"], "2020-03-09 1800").Accepted).IsUnconfirmed);

    [Theory]
    [InlineData("2440", "2450", false)]
    [InlineData("2440", "1800", true)]
    public void Two_witnesses_confirm_a_change_of_level(string one, string other, bool isMarked)
    {
        var verdict = Check(
            ["2020-03-08 EUR/NGN 2440"], "2020-03-09 1800", Given.Figures($"2020-03-08 EUR/NGN {one}"),
            Given.Figures($"2020-03-08 EUR/NGN {other}"));

        Assert.Equal(isMarked, Assert.Single(verdict.Accepted).IsUnconfirmed);
    }

    /// <summary>The euro is at 1.14 dollars.</summary>
    [Theory]
    [InlineData("0.8772", "inverted EUR/USD 0.8772 on 2020-03-06 is 1 / rate of EUR/USD 1.1400 on 2020-03-09")]
    [InlineData("0.8650", "inverted EUR/USD 0.8650 on 2020-03-06 is 1 / rate of EUR/USD 1.1400 on 2020-03-09")]
    [InlineData("0.8500", "")]
    [InlineData("1.0700", "")]
    public void A_figure_of_the_other_direction_is_kept_aside(string rate, string reason)
    {
        var verdict = HistoryRules.Check(
            Given.Figures($"2020-03-06 EUR/USD {rate}"), Given.Figures("2020-03-09 EUR/USD 1.1400"), Context());

        Assert.Equal(reason, verdict.Refused is [var refused] ? refused.Reason : "");
    }

    [Theory]
    [InlineData("1.0200", "0.9804")]
    [InlineData("1.0400", "0.9615")]
    public void Near_one_a_rate_and_its_inverse_are_not_told_apart(string stored, string rate) => Assert.Empty(
        HistoryRules.Check(Given.Figures($"2020-03-06 EUR/USD {rate}"), Given.Figures($"2020-03-09 EUR/USD {stored}"), Context()).Refused);

    [Theory]
    [InlineData("2020-03-06 EUR/NGN 1800", "2020-03-06 EUR/NGN 1805", false)]
    [InlineData("2020-03-06 EUR/NGN 180", "2020-03-06 EUR/NGN 281", false)]
    [InlineData("2020-03-06 EUR/NGN 180", "2020-03-06 EUR/NGN 1805", false)]
    [InlineData("2020-03-06 EUR/NGN 1800", "2020-03-16 EUR/NGN 181", false)]
    [InlineData("2020-03-06 EUR/NGN 181", "2020-03-06 EUR/NGN 181", true)]
    public void First_figures_of_a_pair_are_kept_aside_when_two_others_contradict_them(string one, string other, bool isRefused)
    {
        var verdict = Check(
            ["2020-03-05 EUR/NGN 1790", "2020-03-06 EUR/NGN 1800"], "", Given.Figures(one), Given.Figures(other));

        Assert.Equal(isRefused ? 2 : 0, verdict.Refused.Count);
        Assert.Equal(isRefused ? 0 : 2, verdict.Accepted.Count);
        Assert.Equal([CurrencyPair.Parse(Pair)], verdict.Doubtful);
        Assert.All(verdict.Refused, row => Assert.Equal(
            "first EUR/NGN 1800 on 2020-03-06: other providers agree on another figure", row.Reason));
    }

    private static IngestVerdict Check(string[] rows, string stored, params IReadOnlyList<Observation>[] witnesses) => HistoryRules.Check(
        Given.Figures(rows),
        [
            .. stored.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(each => each.Split(' ') is [var day, var rate]
                ? Given.Figure($"{day} {Pair} {rate.TrimEnd('!')}") with { IsUnconfirmed = rate.EndsWith('!') }
                : throw new FormatException(each)),
        ],
        Context() with { PastWitnesses = witnesses });

    private static IngestContext Context() => new() { Profile = Given.Profile(), Today = Given.Day("2020-03-31") };
}
