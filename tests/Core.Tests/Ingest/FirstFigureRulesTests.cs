using static Rates.Core.Tests.Bank;

namespace Rates.Core.Tests;

public sealed partial class FirstFigureRulesTests
{
    private static readonly CurrencyPair Dollar = CurrencyPair.Parse("EUR/USD");

    [Fact]
    public void A_first_sheet_without_witnesses_is_accepted_and_unconfirmed()
    {
        var verdict = IngestRules.Check(Yesterday, Context(null));

        Assert.Equal(10, verdict.Accepted.Count);
        Assert.Equal(10, verdict.Unconfirmed.Count);
        Assert.Equal(verdict.Unconfirmed.Order(), verdict.Doubtful.Order());
    }

    [Theory]
    [InlineData("2026-04-13 EUR/USD 1.17", null, "confirmed")]
    [InlineData("2026-04-13 USD/EUR 0.86", null, "confirmed")]
    [InlineData("2026-04-13 EUR/USD 1.1982", null, "confirmed")]
    [InlineData("2026-04-13 EUR/USD 1.1984", null, "unconfirmed")]
    [InlineData("2026-04-13 EUR/USD 1.2100", "2026-04-13 EUR/USD 1.2110", "unconfirmed")]
    [InlineData("2026-04-13 EUR/USD 1.2220", "2026-04-13 EUR/USD 1.2230", "refused")]
    [InlineData("2026-04-13 EUR/USD 1.2210", "2026-04-13 EUR/USD 1.2230", "unconfirmed")]
    [InlineData("2026-04-13 EUR/USD 1.30", null, "unconfirmed")]
    [InlineData("2026-04-13 EUR/USD 11.634", "2026-04-13 EUR/USD 11.7", "refused")]
    [InlineData("2026-04-13 EUR/USD 11.634", "2026-04-13 EUR/USD 0.2", "unconfirmed")]
    [InlineData("2026-04-13 EUR/USD 11.634", "2026-04-13 EUR/USD 1.16", "confirmed")]
    [InlineData("2026-04-13 EUR/USD 2.00", "2026-04-13 EUR/USD 2.10", "refused")]
    [InlineData("2026-04-13 EUR/USD 2.00", "2026-04-13 EUR/USD 2.1001", "unconfirmed")]
    [InlineData("2026-04-08 EUR/USD 1.17", "2026-04-18 EUR/USD 1.17", "unconfirmed")]
    [InlineData("2026-04-13 GBP/USD 1.16", null, "unconfirmed")]
    public void A_first_figure_is_compared_with_witnesses_of_about_its_day(string one, string? other, string expected)
    {
        var context = Context(null) with { Witnesses = other is null ? Given.Figures(one) : Given.Figures(one, other) };

        var verdict = IngestRules.Check(Yesterday, context);

        Assert.Equal(expected == "unconfirmed", verdict.Unconfirmed.Contains(Dollar));
        Assert.Equal(expected != "refused", verdict.Accepted.Any(row => row.Pair == Dollar));
        Assert.Equal(expected == "refused",
            verdict.Refused.Any(row => row.Reason.StartsWith("first EUR/USD 1.1634", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_figure_that_ships_with_the_product_needs_no_confirmation_and_may_change_as_the_law_does()
    {
        var devalued = Bank.Changed("USD", "2.5");
        var first = IngestRules.Check(Yesterday, Context(null) with { Standing = Yesterday });
        var later = IngestRules.Check(devalued, Context(Given.Sheet(Yesterday)) with { Standing = devalued });
        var asked = IngestRules.Check(devalued, Context(Given.Sheet(Yesterday)));

        Assert.Empty(first.Unconfirmed);
        Assert.All(first.Accepted, row => Assert.False(row.IsUnconfirmed));
        Assert.Empty(later.Unconfirmed);
        Assert.Contains(later.Accepted, row => row.Pair == Dollar && row is { Rate: 2.5m, IsUnconfirmed: false });
        Assert.DoesNotContain(asked.Accepted, row => row.Pair == Dollar);
    }

    [Fact]
    public void A_standing_figure_takes_the_mark_off_those_that_were_published_before()
    {
        Observation[] marked = [.. Yesterday.Select(row => row with { IsUnconfirmed = true })];
        var today = Bank.Move("2026-04-14", 1m);

        var verdict = IngestRules.Check(today, Context(Given.Sheet(marked)) with { Standing = today });

        Assert.Empty(verdict.Unconfirmed);
        Assert.Equal(marked.Length, verdict.Confirmed.Count);
    }

    [Fact]
    public void A_first_sheet_ten_times_too_high_is_refused_as_a_whole_with_its_older_days()
    {
        Observation[] tenfold =
        [
            .. Yesterday.Select(row => row with { Rate = row.Rate * 10 }),
            .. Yesterday.Select(row => row with { AsOf = row.AsOf.AddDays(-20), Rate = row.Rate * 10 }),
        ];
        var context = Context(null) with { Witnesses = [.. Yesterday, .. Yesterday.Select(row => row with { Rate = row.Rate * 1.001m })] };

        var verdict = IngestRules.Check(tenfold, context);

        Assert.Empty(verdict.Accepted);
        Assert.Equal(20, verdict.Refused.Count);
    }

    [Fact]
    public void The_shipped_sheet_confirms_a_first_figure_of_the_same_magnitude()
    {
        var shipped = Given.Sheet(Given.Figures("2026-01-13 EUR/USD 1.10", "2026-01-13 EUR/JPY 16.3"));

        var verdict = IngestRules.Check(Yesterday, Context(null) with { Shipped = shipped });

        Assert.DoesNotContain(Dollar, verdict.Unconfirmed);
        Assert.Contains(CurrencyPair.Parse("EUR/JPY"), verdict.Unconfirmed);
    }

    [Fact]
    public void A_second_sheet_of_a_later_day_confirms_and_one_of_the_same_day_does_not()
    {
        var first = Given.Sheet(Yesterday).WithUnconfirmed(Yesterday.Select(row => row.Pair));

        Assert.Equal(10, IngestRules.Check(Yesterday, Context(first)).Unconfirmed.Count);
        Assert.Empty(IngestRules.Check(Yesterday, Context(Given.Sheet(Yesterday))).Unconfirmed);
        Assert.Empty(IngestRules.Check(Move("2026-04-14", 1.001m), Context(first)).Unconfirmed);
        Assert.Single(IngestRules.Check(Move("2026-04-14", 1.001m)[..9], Context(first)).Unconfirmed);
    }

    [Theory]
    [InlineData("11.634", "1.1640", "1.17", true)]
    [InlineData("11.634", "1.1640", null, false)]
    [InlineData("11.634", "1.1640", "1.22", false)]
    [InlineData("1.1634", "116.40", "1.17", false)]
    [InlineData("1.1634", "116.40", null, false)]
    [InlineData("1.1634", "1.2300", "1.19", false)]
    [InlineData("1.1634", "1.2300", "1.24", true)]
    [InlineData("11.634", "1.1640", "11.5", false)]
    public void An_unconfirmed_figure_gives_way_to_one_that_a_witness_confirms(string first, string next, string? witness, bool gives)
    {
        var standing = Given.Sheet(Given.Figures($"2026-04-13 EUR/USD {first}")).WithUnconfirmed([Dollar]);
        var context = Context(standing) with { Witnesses = witness is null ? [] : Given.Figures($"2026-04-14 EUR/USD {witness}") };

        var verdict = IngestRules.Check(Given.Figures($"2026-04-14 EUR/USD {next}"), context);

        Assert.Equal(gives ? 1 : 0, verdict.Accepted.Count);
        Assert.Equal(!gives, verdict.Unconfirmed.Contains(Dollar));
    }

    [Fact]
    public void A_confirmed_figure_does_not_give_way_to_a_single_witness()
    {
        var context = Context(Given.Sheet(Given.Figures("2026-04-13 EUR/USD 11.634"))) with
        {
            Witnesses = Given.Figures("2026-04-14 EUR/USD 1.17"),
        };

        Assert.Empty(IngestRules.Check(Given.Figures("2026-04-14 EUR/USD 1.1640"), context).Accepted);
    }

    [Fact]
    public void The_shipped_sheet_lets_a_wrong_first_figure_be_replaced_by_the_next()
    {
        var standing = Given.Sheet(Given.Figures("2026-04-13 EUR/USD 11.634")).WithUnconfirmed([Dollar]);
        var context = Context(standing) with { Shipped = Given.Sheet(Given.Figures("2026-01-13 EUR/USD 1.10")) };

        var verdict = IngestRules.Check(Given.Figures("2026-04-14 EUR/USD 1.1640"), context);

        Assert.Equal(1.1640m, Assert.Single(verdict.Accepted).Rate);
        Assert.Empty(verdict.Unconfirmed);
    }

    [Theory]
    [InlineData("1.1900", null, true)]
    [InlineData("1.1900", "1.1640", true)]
    [InlineData("1.1900", "1.1880", false)]
    [InlineData("1.1800", null, false)]
    [InlineData("1.1370", null, true)]
    public void A_notable_change_that_no_other_has_followed_is_unconfirmed(string rate, string? witness, bool isUnconfirmed)
    {
        var context = Context(Given.Sheet(Given.Figures("2026-04-13 EUR/USD 1.1634"))) with
        {
            Witnesses = witness is null ? [] : Given.Figures($"2026-04-14 EUR/USD {witness}"),
        };

        var verdict = IngestRules.Check(Given.Figures($"2026-04-14 EUR/USD {rate}"), context);

        Assert.Single(verdict.Accepted);
        Assert.Equal(isUnconfirmed, verdict.Unconfirmed.Contains(Dollar));
    }

    [Fact]
    public void A_notable_change_is_confirmed_by_the_next_sheet_and_not_by_the_level_before_it()
    {
        var changed = Given.Figures("2026-04-14 EUR/USD 1.1980");
        var standing = Given.Sheet(changed).WithUnconfirmed([Dollar]);
        var context = Context(standing) with { Witnesses = Given.Figures("2026-04-14 EUR/USD 1.1600") };

        Assert.Equal([Dollar], IngestRules.Check(changed, context).Unconfirmed);
        Assert.Empty(IngestRules.Check(Given.Figures("2026-04-15 EUR/USD 1.1990"), context).Unconfirmed);
        Assert.Equal([Dollar], IngestRules.Check(Given.Figures("2026-04-15 EUR/USD 1.2300"), context).Unconfirmed);
    }

    [Fact]
    public void More_days_allow_a_larger_change_without_a_witness()
    {
        var context = Context(Given.Sheet(Given.Figures("2026-04-05 EUR/USD 1.1634")));

        Assert.Empty(IngestRules.Check(Given.Figures("2026-04-14 EUR/USD 1.2250"), context).Unconfirmed);
        Assert.Equal([Dollar], IngestRules.Check(Given.Figures("2026-04-14 EUR/USD 1.2400"), context).Unconfirmed);
    }

    [Theory]
    [InlineData("Parallel")]
    [InlineData("Segment")]
    public void A_rate_beside_the_market_is_not_held_against_the_rate_of_the_market(string kind)
    {
        var context = new IngestContext
        {
            Profile = Given.Profile(pivot: "CUP"),
            Today = Today,
            Witnesses = Given.Figures("2026-04-14 USD/CUP 24", "2026-04-14 USD/CUP 24.01"),
        };
        var standing = Given.Sheet(Given.Figures($"2026-04-13 USD/CUP 507 {kind}"));

        Assert.Single(IngestRules.Check(Given.Figures($"2026-04-14 USD/CUP 520 {kind}"), context).Accepted);
        Assert.Single(IngestRules.Check(Given.Figures($"2026-04-14 USD/CUP 520 {kind}"), context with { Previous = standing }).Accepted);
        Assert.Empty(IngestRules.Check(Given.Figures("2026-04-14 USD/CUP 520"), context).Accepted);
    }

    [Fact]
    public void A_new_pair_of_a_known_provider_is_a_first_figure()
    {
        var verdict = IngestRules.Check([.. Move("2026-04-14", 1m), Given.Figure("2026-04-14 EUR/ISK 143")],
            Context(Given.Sheet(Yesterday)));

        Assert.Equal([CurrencyPair.Parse("EUR/ISK")], verdict.Unconfirmed);
    }

    [Fact]
    public void Rates_beside_the_market_may_differ_from_it_but_not_by_a_power_of_ten()
    {
        var official = Context(null) with
        {
            Profile = Given.Profile() with { Category = ProviderCategory.Official },
            Witnesses = Given.Figures("2026-04-13 EUR/NGN 3000", "2026-04-13 EUR/NGN 3010"),
        };

        Assert.Contains(IngestRules.Check(Yesterday, official).Accepted, row => row.Pair.Quote.Code == "NGN");
        Assert.DoesNotContain(
            IngestRules.Check([.. Yesterday.Select(row => row.Pair.Quote.Code == "NGN" ? row with { Rate = 181.055m } : row)],
                official).Accepted,
            row => row.Pair.Quote.Code == "NGN");
    }

    /// <summary>An official source changes its unconfirmed figure by 44 %; one witness has the new figure, or the old one.</summary>
    [Theory]
    [InlineData("2600", true)]
    [InlineData("1864", false)]
    public void An_unconfirmed_figure_beside_the_market_gives_way_to_one_that_a_witness_confirms(string witness, bool passes)
    {
        var context = Context(Given.Sheet(Given.Figures("2026-04-13 EUR/NGN 1810")).WithUnconfirmed([CurrencyPair.Parse("EUR/NGN")]))
            with
        {
            Profile = Given.Profile() with { Category = ProviderCategory.Official },
            Witnesses = Given.Figures($"2026-04-14 EUR/NGN {witness}"),
        };

        Assert.Equal(passes, IngestRules.Check(Given.Figures("2026-04-14 EUR/NGN 2600"), context).Accepted.Count == 1);
    }
}
