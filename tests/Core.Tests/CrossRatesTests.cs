using System.Globalization;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace Rates.Core.Tests;

public sealed class CrossRatesTests
{
    private static readonly Currency[] Ten = [.. "EUR USD JPY GBP CHF IDR BTC KWD IRR XAU".Split(' ').Select(Currency.Parse)];

    [Theory]
    [InlineData("EUR/USD", "1.1730")]
    [InlineData("EUR/IDR", "20100")]
    [InlineData("EUR/KWD", "0.36100")]
    public void A_published_pair_keeps_its_published_digits(string pair, string expected)
    {
        var found = Find("EUR", pair, "2026-04-13 EUR/USD 1.1730", "2026-04-13 EUR/IDR 20100", "2026-04-13 EUR/KWD 0.36100");

        Assert.Equal(expected, found!.Rate.ToString(CultureInfo.InvariantCulture));
        Assert.False(found.IsDerived);
        Assert.Equal(pair, found.Path);
    }

    [Fact]
    public void An_inverted_pair_is_one_divided_by_the_rate()
    {
        var found = Find("EUR", "USD/EUR", "2026-04-13 EUR/USD 1.25");

        Assert.Equal("0.8", found!.Rate.ToString(CultureInfo.InvariantCulture));
        Assert.True(found.IsDerived);
        Assert.Equal("USD/EUR", found.Path);
        Assert.Equal([new CrossLeg(Given.Figure("2026-04-13 EUR/USD 1.25"), Inverted: true)], found.Legs);
    }

    [Fact]
    public void A_cross_goes_through_the_pivot_even_where_another_path_is_as_short()
    {
        var found = Find("EUR", "CHF/USD", "2026-04-13 EUR/USD 1.2", "2026-04-13 EUR/CHF 0.96", "2026-04-13 CAD/USD 0.7",
            "2026-04-13 CAD/CHF 0.5");

        Assert.Equal(1.25m, found!.Rate);
        Assert.Equal("CHF/EUR, EUR/USD", found.Path);
    }

    [Fact]
    public void Without_a_pivot_a_cross_takes_the_fewest_legs()
    {
        var found = Find("XAU", "CHF/NOK", "2026-04-13 CHF/GBP 0.5", "2026-04-13 GBP/NOK 10", "2026-04-13 CHF/AUD 2",
            "2026-04-13 AUD/CAD 1", "2026-04-13 CAD/NOK 1");

        Assert.Equal("CHF/GBP, GBP/NOK", found!.Path);
        Assert.Equal(5m, found.Rate);
    }

    [Fact]
    public void A_pair_and_its_inverse_use_the_same_path()
    {
        // Searched from different ends, the alphabet would lead to two different paths.
        string[] lines =
        [
            "2026-04-13 CHF/AUD 1.8", "2026-04-13 AUD/NOK 6.5", "2026-04-13 NOK/SEK 1.02",
            "2026-04-13 CHF/USD 1.2", "2026-04-13 USD/CAD 1.4", "2026-04-13 CAD/SEK 6.9",
        ];

        Assert.Equal("CHF/AUD, AUD/NOK, NOK/SEK", Find("XAU", "CHF/SEK", lines)!.Path);
        Assert.Equal("SEK/NOK, NOK/AUD, AUD/CHF", Find("XAU", "SEK/CHF", lines)!.Path);
    }

    [Fact]
    public void Legs_of_two_days_are_never_mixed()
    {
        string[] lines = ["2026-04-13 EUR/USD 1.2", "2026-04-10 EUR/AFN 75"];

        Assert.Null(Find("EUR", "AFN/USD", lines));
        Assert.Equal(Given.Day("2026-04-10"), Find("EUR", "AFN/USD", [.. lines, "2026-04-10 EUR/USD 1.5"])!.AsOf);
        Assert.Equal(50m, Find("EUR", "USD/AFN", [.. lines, "2026-04-10 EUR/USD 1.5"])!.Rate);
    }

    [Fact]
    public void The_newest_day_comes_first_even_where_only_an_older_one_was_published_directly()
    {
        var found = Find("EUR", "GBP/USD", "2026-04-10 GBP/USD 1.3", "2026-04-13 EUR/USD 1.2", "2026-04-13 EUR/GBP 0.8");

        Assert.Equal((1.5m, Given.Day("2026-04-13")), (found!.Rate, found.AsOf));
    }

    [Fact]
    public void A_currency_against_itself_is_one_and_a_pair_without_a_figure_is_null()
    {
        Assert.Equal((1m, 0), (Find("EUR", "USD/USD", "2026-04-13 EUR/USD 1.2")!.Rate,
            Find("EUR", "USD/USD", "2026-04-13 EUR/USD 1.2")!.Legs.Count));
        Assert.False(Find("EUR", "USD/USD", "2026-04-13 EUR/USD 1.2")!.IsDerived);
        Assert.Null(Find("EUR", "SEK/SEK", "2026-04-13 EUR/USD 1.2"));
        Assert.Null(Find("EUR", "USD/SEK", "2026-04-13 EUR/USD 1.2"));
        Assert.Null(Find("EUR", "USD/USD"));
        Assert.Null(CrossRates.Of([], Currency.Eur).AsOf);
    }

    [Fact]
    public void Both_published_directions_keep_their_figures_and_crosses_use_the_one_with_more_digits()
    {
        string[] lines = ["2026-04-13 EUR/USD 1.25013", "2026-04-13 USD/EUR 0.8", "2026-04-13 EUR/CHF 1"];

        Assert.Equal(1.25013m, Find("EUR", "EUR/USD", lines)!.Rate);
        Assert.Equal(0.8m, Find("EUR", "USD/EUR", lines)!.Rate);
        Assert.Equal(1.25013m, Find("EUR", "CHF/USD", lines)!.Rate);
    }

    [Theory]
    [InlineData("1.25", "0.79992", "1.2501250125012501250125012501")]
    [InlineData("1.25", "0.799", "1.25")]
    [InlineData("1.25", "0.7999", "1.2501562695336917114639329916")]
    public void Of_two_published_directions_crosses_use_the_one_with_more_digits_and_of_equal_ones_the_first_in_the_alphabet(
        string dollar, string euro, string expected) =>
        Assert.Equal(decimal.Parse(expected), Find("EUR", "CHF/USD",
            $"2026-04-13 EUR/USD {dollar}", $"2026-04-13 USD/EUR {euro}", "2026-04-13 EUR/CHF 1")!.Rate);

    [Fact]
    public void Two_currencies_that_no_path_joins_have_no_rate() =>
        Assert.Null(Find("XAU", "EUR/NOK", "2026-04-13 EUR/USD 1.25", "2026-04-13 CHF/NOK 12"));

    [Theory]
    [InlineData("USD/EUR", RateKind.Ask, "2026-04-13 EUR/USD 1.25 Bid")]
    [InlineData("USD/EUR", RateKind.Ask, "2026-04-13 EUR/USD 1.25 SightBid")]
    [InlineData("CHF/USD", RateKind.Mid, "2026-04-13 EUR/USD 1.25 Bid", "2026-04-13 EUR/CHF 0.9 Bid")]
    [InlineData("CHF/USD", RateKind.Bid, "2026-04-13 EUR/USD 1.25 Bid", "2026-04-13 EUR/CHF 0.9 Ask")]
    [InlineData("CHF/USD", RateKind.Official, "2026-04-13 EUR/USD 1.25 Reference", "2026-04-13 EUR/CHF 0.9 Official")]
    [InlineData("CHF/USD", RateKind.Mid, "2026-04-13 EUR/USD 1.25 Reference", "2026-04-13 EUR/CHF 0.9 Ask")]
    [InlineData("CHF/USD", RateKind.Mid, "2026-04-13 EUR/USD 1.25 Reference", "2026-04-13 EUR/CHF 0.9 CashBid")]
    [InlineData("CHF/USD", RateKind.Mid, "2026-04-13 EUR/USD 1.25 Reference", "2026-04-13 EUR/CHF 0.9 CoinBid")]
    [InlineData("CHF/USD", RateKind.Parallel, "2026-04-13 EUR/USD 1.25 Bid", "2026-04-13 EUR/CHF 0.9 Parallel")]
    [InlineData("CHF/USD", RateKind.Mid,
        "2026-04-13 CHF/AUD 1.8 Bid", "2026-04-13 AUD/CAD 0.9 Ask", "2026-04-13 CAD/USD 0.7 Bid")]
    [InlineData("CHF/USD", RateKind.Bid,
        "2026-04-13 CHF/AUD 1.8 Bid", "2026-04-13 CAD/AUD 1.1 Ask", "2026-04-13 CAD/USD 0.7 Bid")]
    public void A_derived_rate_says_which_kind_it_is(string pair, RateKind expected, params string[] lines) =>
        Assert.Equal(expected, Find("EUR", pair, lines)!.Kind);

    [Fact]
    public void Zero_and_a_pair_of_one_currency_are_ignored()
    {
        var rates = CrossRates.Of(Given.Figures("2026-04-13 EUR/USD 0", "2026-04-13 EUR/EUR 1", "2026-04-13 EUR/CHF 0.9"), Currency.Eur);

        Assert.Equal(["CHF", "EUR"], rates.Currencies.Select(code => code.Code));
        Assert.Null(rates.Find(CurrencyPair.Parse("EUR/USD")));
    }

    [Theory]
    [InlineData("IDR/BTC", "0.0000000006250000000000000000")]
    [InlineData("BTC/IDR", "1600000000")]
    [InlineData("EUR/BTC", "0.000012500000")]
    public void A_rupiah_in_bitcoin_keeps_every_digit_a_decimal_has(string pair, string expected)
    {
        var found = Find("USD", pair, "2026-04-13 BTC/USD 100000", "2026-04-13 USD/IDR 16000", "2026-04-13 EUR/USD 1.25");

        Assert.Equal(decimal.Parse(expected), found!.Rate);
    }

    [Theory]
    [InlineData("EUR/JPY", "333333.33333333333333333333333", "2026-04-13 EUR/USD 1000000", "2026-04-13 JPY/USD 3")]
    [InlineData("USD/EUR", "0.0370370370370370370370370370", "2026-04-13 EUR/USD 27")]
    [InlineData("EUR/JPY", "50000000000000000000000000000", "2026-04-13 EUR/USD 500000000000000", "2026-04-13 USD/JPY 100000000000000")]
    [InlineData("EUR/JPY", "79228162514264337593543950335", "2026-04-13 EUR/USD 79228162514264337593543950335", "2026-04-13 USD/JPY 1")]
    public void A_derived_rate_has_all_digits_that_a_decimal_can_hold(string pair, string expected, params string[] lines) =>
        Assert.Equal(expected, Find("USD", pair, lines)!.Rate.ToString(CultureInfo.InvariantCulture));

    /// <summary>Five legs with 28 places each are 140 places to round; the fifth may have 16.</summary>
    [Theory]
    [InlineData("1.0000000000000000000000000001", "1.0000000000000000000000000005")]
    [InlineData("1.0000000000000000", "1.0000000000000000000000000004")]
    public void Many_legs_with_many_places_are_multiplied_exactly(string fifth, string expected)
    {
        CrossLeg Leg(string rate) => new(Given.Figure($"2026-04-13 EUR/USD {rate}"), Inverted: false);
        CrossLeg[] legs = [.. Enumerable.Repeat(Leg("1.0000000000000000000000000001"), 4), Leg(fifth)];

        Assert.Equal(decimal.Parse(expected), ExactRate.Of(legs));
    }

    [Fact]
    public void A_cross_that_no_decimal_can_hold_is_not_covered()
    {
        Assert.Null(Find("EUR", "USD/JPY", "2026-04-13 EUR/USD 0.0000000000000001", "2026-04-13 EUR/JPY 1000000000000000"));
        Assert.Null(Find("EUR", "JPY/USD", "2026-04-13 EUR/USD 0.0000000000000001", "2026-04-13 EUR/JPY 1000000000000000"));
    }

    [Theory]
    [InlineData("2.5", "0.0000000000000000000000000002")]
    [InlineData("3.5", "0.0000000000000000000000000004")]
    [InlineData("2.4", "0.0000000000000000000000000002")]
    [InlineData("2.6", "0.0000000000000000000000000003")]
    public void What_is_beyond_the_last_digit_is_rounded_once_half_to_even(string leg, string expected)
    {
        var found = Find("USD", "EUR/JPY", "2026-04-13 EUR/USD 0.0000000000000000000000000001", $"2026-04-13 USD/JPY {leg}");

        Assert.Equal(decimal.Parse(expected), found!.Rate);
    }

    [Fact]
    public void A_rate_times_its_inverse_is_one() => Given.Always(
        from rates in Tree
        from one in Gen.Elements(Ten)
        from other in Gen.Elements(Ten)
        select (rates, Pair: new CurrencyPair(one, other)), each =>
        {
            var (there, back) = (each.rates.Find(each.Pair), each.rates.Find(each.Pair.Inverse));
            return !ArePrecise(there, back) || AreEqual([there!.Rate, back!.Rate], [1]);
        });

    [Fact]
    public void Two_crosses_make_the_third() => Given.Always(
        from rates in Tree
        from three in Gen.Shuffle(Ten)
        select (rates, three), each =>
        {
            var (one, two, all) = (each.rates.Find(new(each.three[0], each.three[1])), each.rates.Find(new(each.three[1], each.three[2])),
                each.rates.Find(new(each.three[0], each.three[2])));
            return !ArePrecise(one, two, all) || AreEqual([one!.Rate, two!.Rate], [all!.Rate]);
        });

    [Fact]
    public void Every_published_figure_comes_back_as_it_was_whatever_the_order() => Given.Always(
        from figures in Figures
        from shuffled in Gen.Shuffle(figures)
        select (figures, Rates: CrossRates.Of(shuffled, Currency.Eur)), each => each.figures.All(figure =>
            each.Rates.Find(figure.Pair) is { IsDerived: false } found && found.Rate.ToString() == figure.Rate.ToString()));

    private static CrossRate? Find(string pivot, string pair, params string[] lines) =>
        CrossRates.Of(Given.Figures(lines), Currency.Parse(pivot)).Find(CurrencyPair.Parse(pair));

    /// <summary>Below 1e-9 the 28 places of a decimal hold fewer than 20 digits, and much smaller numbers have no digits at all.</summary>
    private static bool ArePrecise(params CrossRate?[] rates) => rates.All(found => found?.Rate >= 0.000000001m);

    /// <summary>Whether the products agree to 20 significant digits, measured in integers.</summary>
    private static bool AreEqual(decimal[] left, decimal[] right)
    {
        var (one, other) = (Product(left, 28 * right.Length), Product(right, 28 * left.Length));
        return BigInteger.Abs(one - other) * BigInteger.Pow(10, 20) <= 10 * other;

        static BigInteger Product(decimal[] factors, int places) => factors.Aggregate(
            BigInteger.Pow(10, places), (product, factor) =>
                product * new BigInteger(Precision.Unscaled(factor)) * BigInteger.Pow(10, 28 - factor.Scale));
    }

    /// <summary>Ten currencies joined by nine figures, each in either direction: there is one path between any two.</summary>
    private static Gen<Observation[]> Figures =>
        from rates in Gen.ArrayOf(Given.Rate, Ten.Length - 1)
        from parents in Gen.ArrayOf(Gen.Choose(0, 1000), Ten.Length - 1)
        from inverted in Gen.ArrayOf(Gen.Elements(true, false), Ten.Length - 1)
        select rates.Select((rate, at) => new CurrencyPair(Ten[parents[at] % (at + 1)], Ten[at + 1]) is var pair
            ? new Observation(Given.Day("2026-04-13"), inverted[at] ? pair.Inverse : pair, rate, RateKind.Reference) : default).ToArray();

    private static Gen<CrossRates> Tree => from figures in Figures select CrossRates.Of(figures, Currency.Eur);
}
