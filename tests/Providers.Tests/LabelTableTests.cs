using System.Globalization;
using Rates.Core;

namespace Rates.Providers.Tests;

/// <summary>A label means what the block's rules say of its day; figures keep their digits.</summary>
public sealed class LabelTableTests
{
    [Theory]
    [InlineData("2006-01-08", "AZM")]
    [InlineData("2006-01-09", "AZN")]
    public void Both_ends_of_a_rule_are_included(string day, string expected)
    {
        var meant = Resolve([new() { Label = "AZN", Until = new(2006, 1, 8), Means = "AZM" }], $"{day} AZN/LTL 0.00063101");

        Assert.Equal($"{day} {expected}/LTL 0.00063101 Official", Assert.Single(meant.Figures).ToString());
        Assert.Empty(meant.Refused);
    }

    [Theory]
    [InlineData("2016-06-30", "BYR")]
    [InlineData("2016-07-01", "BYN")]
    public void The_first_day_is_included(string day, string expected)
    {
        var meant = Resolve([new() { Label = "BYR", From = new(2016, 7, 1), Means = "BYN" }], $"{day} BYR/AMD 24.931");

        Assert.Equal(expected, meant.Figures[0].Pair.Base.Code);
    }

    [Theory]
    [InlineData("10", "37.110", "3.7110")]
    [InlineData("1000", "7", "0.007")]
    [InlineData("0.1", "24.931", "249.31")]
    [InlineData("0.01", "0.04021", "4.021")]
    [InlineData("0.01", "4", "400")]
    [InlineData("5000", "647.1", "0.12942")]
    [InlineData("2", "5", "2.5")]
    public void Units_divide_the_figure_and_a_power_of_ten_keeps_its_digits(string units, string published, string expected)
    {
        var rule = new LabelRule { Label = "KZT", Units = Number(units) };

        var rate = Resolve([rule], $"2004-12-15 KZT/AMD {published}").Figures[0].Rate;

        Assert.Equal(expected, rate.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_rule_holds_on_either_side_of_a_pair()
    {
        var meant = Resolve([new() { Label = "AFN", Until = new(2004, 3, 31), Means = "AFA" }], "2003-09-12 EUR/AFN 5296.7");

        Assert.Equal("EUR/AFA", meant.Figures[0].Pair.ToString());
    }

    [Fact]
    public void A_figure_that_is_no_rate_is_refused_under_the_published_label_with_label_day_and_reason()
    {
        LabelRule frozen = new() { Label = "BYR", From = new(2016, 7, 1), NoRate = "it no longer moves" };

        var meant = Resolve([frozen], "2026-05-23 BYR/KGS 0.0043", "2026-05-23 USD/KGS 87.45");

        Assert.Equal("USD/KGS", Assert.Single(meant.Figures).Pair.ToString());
        var refused = Assert.Single(meant.Refused);
        Assert.Equal("BYR/KGS", refused.Observation.Pair.ToString());
        Assert.Equal("label BYR on 2026-05-23 is no rate: it no longer moves", refused.Reason);
    }

    [Theory]
    [InlineData("2020-01-01 GBP/LRD 1.3071", "2020-01-01 GBP/USD 1.3071", true)]
    [InlineData("2020-01-01 GBP/LRD 1.30710", "2020-01-01 GBP/USD 1.3071", true)]
    [InlineData("2020-01-01 LRD/GBP 0.765", "2020-01-01 USD/GBP 0.765", true)]
    [InlineData("2020-01-01 GBP/LRD 246.07", "2020-01-01 GBP/USD 1.3071", false)]
    [InlineData("2020-01-01 GBP/LRD 1.3071", "2020-02-01 GBP/USD 1.3071", false)]
    [InlineData("2020-01-01 GBP/LRD 1.3071", "2020-01-01 EUR/USD 1.3071", false)]
    [InlineData("2019-12-31 GBP/LRD 1.3071", "2019-12-31 GBP/USD 1.3071", false)]
    public void A_figure_of_another_currency_is_refused_only_where_it_is_the_same(string row, string dollar, bool isRefused)
    {
        LabelRule copied = new() { Label = "LRD", From = new(2020, 1, 1), SameAs = "USD", NoRate = "the figure of the US dollar" };

        var meant = Resolve([copied], dollar, row);

        Assert.Equal(isRefused ? 1 : 2, meant.Figures.Count);
        Assert.Equal(isRefused ? 1 : 0, meant.Refused.Count(refused => refused.Reason.EndsWith("US dollar", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_copied_figure_is_found_also_where_each_figure_has_its_own_instant()
    {
        LabelRule copied = new() { Label = "CNH", SameAs = "CNY", NoRate = "the figure of the yuan" };
        Observation yuan = new(new(2015, 6, 2), CurrencyPair.Parse("USD/CNY"), 6.19985m, RateKind.Last)
        {
            At = new(2015, 6, 2, 18, 35, 0, default),
        };
        var offshore = yuan with { Pair = CurrencyPair.Parse("USD/CNH"), At = new(2015, 6, 2, 18, 36, 0, default) };

        var meant = LabelTable.Of([copied]).Resolve([yuan, offshore]);

        Assert.Equal(yuan, Assert.Single(meant.Figures));
        Assert.Equal(offshore, Assert.Single(meant.Refused).Observation);
    }

    [Fact]
    public void A_figure_that_the_source_prints_under_the_meaning_itself_wins_over_the_relabelled_one()
    {
        LabelRule old = new() { Label = "VEF", From = new(2023, 10, 18), Means = "VES" };

        var meant = Resolve([old], "2026-05-19 VEF/AOA 1.70", "2026-05-19 VES/AOA 1.78", "2026-05-20 VEF/AOA 1.71");

        var figures = meant.Figures.Select(figure => figure.ToString());
        Assert.Equal(["2026-05-19 VES/AOA 1.78 Official", "2026-05-20 VES/AOA 1.71 Official"], figures);
        Assert.Equal("label VEF/AOA means VES/AOA on 2026-05-19, which the source prints as well", Assert.Single(meant.Refused).Reason);
    }

    [Fact]
    public void A_label_without_a_rule_on_its_day_stays_as_it_is()
    {
        LabelRule leone = new() { Label = "SLL", From = new(2022, 7, 1), Means = "SLE" };

        var meant = Resolve([leone], "2022-06-30 SLL/GMD 0.0041", "2024-01-02 ZMK/GMD 0.01");

        Assert.Equal(["SLL/GMD", "ZMK/GMD"], meant.Figures.Select(figure => figure.Pair.ToString()));
    }

    [Theory]
    [InlineData("AZ", "AZM", "1", "", "not three letters")]
    [InlineData("AZN", "AZX", "1", "", "no known currency")]
    [InlineData("AZN", "AZM", "0", "", "not above zero")]
    [InlineData("AZN", "", "-10", "", "not above zero")]
    [InlineData("AZN", "", "1", "", "needs either")]
    [InlineData("AZN", "AZM", "1", "frozen", "needs either")]
    public void A_rule_that_cannot_be_used_is_named(string label, string means, string units, string noRate, string expected)
    {
        var problems = Problems(new LabelRule { Label = label, Means = means, Units = Number(units), NoRate = noRate });

        Assert.Contains(problems, problem => Says(problem, label) && Says(problem, expected));
    }

    [Fact]
    public void Days_out_of_order_and_two_rules_for_one_day_are_named()
    {
        LabelRule early = new() { Label = "AZN", From = new(2006, 1, 1), Until = new(2006, 1, 8), Means = "AZM" };

        LabelRule reversed = new() { Label = "AZN", From = new(2006, 1, 2), Until = new(2006, 1, 1), Means = "AZM" };

        Assert.Contains(Problems(reversed), problem => Says(problem, "before its first"));
        Assert.Contains(Problems(early, new() { Label = "azn", From = new(2006, 1, 8), Units = 10 }), problem => Says(problem, "twice"));
        Assert.Empty(Problems(early, new() { Label = "AZN", From = new(2006, 1, 9), Units = 10 }));
    }

    private static IEnumerable<string> Problems(params LabelRule[] rules) =>
        new ProviderBlock { Name = "A bank", Labels = rules }.Problems();

    private static bool Says(string problem, string words) => problem.Contains(words, StringComparison.Ordinal);

    private static LabelledRates Resolve(LabelRule[] rules, params string[] figures) =>
        LabelTable.Of(rules).Resolve([.. figures.Select(Figure)]);

    private static Observation Figure(string line) => line.Split(' ') is [var day, var pair, var rate]
        ? new(DateOnly.ParseExact(day, "yyyy-MM-dd"), CurrencyPair.Parse(pair), Number(rate), RateKind.Official)
        : throw new FormatException(line);

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
