namespace Rates.Api.Tests;

public sealed class FiguresTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("1.00000000005", "1")]
    [InlineData("1.00000000015", "1")]
    [InlineData("1.0000000005", "1")]
    [InlineData("1.0000000015", "1.000000002")]
    [InlineData("0.0000123456789012345", "0.00001234567890")]
    [InlineData("123456789.55", "123456789.6")]
    [InlineData("12345678905", "12345678900")]
    [InlineData("12345678915", "12345678920")]
    [InlineData("79228162514264337593543950335", "79228162510000000000000000000")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("-1.23456789055", "-1.234567891")]
    public void A_cross_keeps_ten_significant_digits_half_to_even(string rate, string expected) =>
        Assert.Equal(decimal.Parse(expected), RateRounding.Shown(decimal.Parse(rate), derived: true));

    [Fact]
    public void A_cross_has_no_trailing_zeros_and_a_published_figure_keeps_its_own()
    {
        Assert.Equal("0.5", RateRounding.Shown(0.5000000000000000000m, derived: true).ToText());
        Assert.Equal("171.20", RateRounding.Shown(171.20m, derived: false).ToText());
        Assert.Equal("1.23456789012345", RateRounding.Shown(1.23456789012345m, derived: false).ToText());
    }

    [Fact]
    public void A_set_of_currencies_is_walked_in_alphabetical_order()
    {
        var set = default(CurrencySet);
        foreach (var ordinal in new[] { CurrencyTable.Count - 1, 0, 64, 63, 64 })
        {
            set.Add(ordinal);
        }

        List<int> walked = [];
        foreach (var ordinal in set)
        {
            walked.Add(ordinal);
        }

        Assert.Equal([0, 63, 64, CurrencyTable.Count - 1], walked);
        Assert.Equal(4, set.Count);
        Assert.Equal(CurrencyTable.Count, CurrencySet.All.Count);
        Assert.Equal(CurrencyTable.Count - 4, CurrencySet.All.Except(set).Count);
        Assert.True(set.And(default).IsEmpty);
    }
}
