namespace Rates.Core.Tests;

public sealed class RateChangeTests
{
    /// <summary>1 may be anything below 1.5; 5 % more is 1.575, which 1.58 may be as well.</summary>
    [Theory]
    [InlineData("1", "1.58", false)]
    [InlineData("1", "1.59", true)]
    [InlineData("1.00", "1.06", false)]
    [InlineData("1.0000", "1.0501", false)]
    [InlineData("1.0000", "1.0502", true)]
    [InlineData("1.0000", "1.0000", false)]
    public void Two_rates_differ_by_more_than_the_limit_when_rounding_cannot_explain_it(string one, string other, bool isBeyond)
    {
        Assert.Equal(isBeyond, RateChange.IsBeyond(decimal.Parse(one), decimal.Parse(other), 0.05m));
        Assert.Equal(isBeyond, RateChange.IsBeyond(decimal.Parse(other), decimal.Parse(one), 0.05m));
    }

    [Theory]
    [InlineData("0.01230", 4)]
    [InlineData("1", 1)]
    [InlineData("1000", 4)]
    [InlineData("9.99", 3)]
    [InlineData("0.10", 2)]
    public void Digits_count_from_the_first_that_is_not_zero_to_the_last_one_written(string rate, int digits) =>
        Assert.Equal(digits, Precision.SignificantDigits(decimal.Parse(rate)));

    [Theory]
    [InlineData("EUR/USD", RateKind.Reference, 0, "0.05")]
    [InlineData("EUR/USD", RateKind.Reference, -3, "0.05")]
    [InlineData("EUR/USD", RateKind.Reference, 4, "0.10")]
    [InlineData("EUR/USD", RateKind.Reference, 10, "0.158115")]
    [InlineData("EUR/USD", RateKind.Reference, 11, "0.158115")]
    [InlineData("EUR/PLN", RateKind.Reference, 1, "0.15")]
    [InlineData("XAU/USD", RateKind.Last, 1, "0.15")]
    [InlineData("USD/NGN", RateKind.Reference, 1, "0.35")]
    [InlineData("EUR/USD", RateKind.Parallel, 1, "0.35")]
    [InlineData("USD/CUP", RateKind.Segment, 1, "0.35")]
    [InlineData("USD/SAR", RateKind.Reference, 1, "0.01")]
    [InlineData("USD/MOP", RateKind.Reference, 1, "0.01")]
    [InlineData("BGN/FOK", RateKind.Reference, 1, "0.01")]
    [InlineData("CNY/CNH", RateKind.Reference, 1, "0.01")]
    [InlineData("EUR/SAR", RateKind.Reference, 1, "0.05")]
    [InlineData("GBP/SHP", RateKind.Reference, 1, "0.01")]
    [InlineData("ZAR/LSL", RateKind.Reference, 1, "0.01")]
    [InlineData("INR/NPR", RateKind.Reference, 1, "0.01")]
    [InlineData("AUD/TVD", RateKind.Reference, 1, "0.01")]
    [InlineData("SGD/BND", RateKind.Reference, 1, "0.01")]
    [InlineData("EUR/NPR", RateKind.Reference, 1, "0.15")]
    public void The_limit_of_a_move_depends_on_the_currencies_the_kind_and_the_days(string pair, RateKind kind, int days, string limit) =>
        Assert.Equal(decimal.Parse(limit), Volatility.Limit(CurrencyPair.Parse(pair), kind, days));

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(1, 2, false)]
    [InlineData(2, 10, false)]
    [InlineData(2, 9, true)]
    [InlineData(3, 15, false)]
    [InlineData(3, 14, true)]
    [InlineData(0, 0, false)]
    public void More_than_a_fifth_of_odd_rows_is_too_many_but_one_never_is(int odd, int rows, bool isTooMany) =>
        Assert.Equal(isTooMany, OddRow.IsTooMany(odd, rows));

    [Fact]
    public void Odd_rows_and_figures_are_written_as_people_read_them()
    {
        Assert.Equal("row 12: '-' is not a number", new OddRow("row 12", "'-' is not a number").ToString());
        Assert.Equal("2026-08-20 EUR/USD 1.1630 Reference", Given.Figure("2026-08-20 EUR/USD 1.1630").ToString());
    }

    /// <summary>The lists are made anew here, because the rules keep theirs for as long as the process lives.</summary>
    [Fact]
    public void The_currencies_that_the_limits_name_are_in_the_registry()
    {
        Assert.Equal((11, 32), (Volatility.MajorCurrencies().Count(), Volatility.LiquidCurrencies().Count()));
        Assert.All(
            Volatility.MajorCurrencies().Concat(Volatility.LiquidCurrencies()),
            code => Assert.NotNull(CurrencyRegistry.Find(code)));
        Assert.Equal(45, Volatility.Pegs().Count());
        Assert.All(Volatility.Pegs(), peg =>
        {
            Assert.NotNull(CurrencyRegistry.Find(peg.Key));
            Assert.NotNull(CurrencyRegistry.Find(peg.Value));
        });
    }
}
