namespace Rates.Api.Tests;

public sealed class ExactDecimalTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0.50", "-0.50")]
    [InlineData("+7", "7")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("0000000000000000000000000000000000001.5", "1.5")]
    [InlineData("1234567890123456789012345678", "1234567890123456789012345678")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("1.10000000000000000000000000000000000000", "1.1")]
    public void A_number_within_28_digits_is_read_exactly(string text, string expected)
    {
        Assert.Null(ExactDecimal.Read(text, allowExponent: false, out var value));
        Assert.Equal(decimal.Parse(expected), value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1,5")]
    [InlineData(" 1")]
    [InlineData("1 000")]
    [InlineData("--1")]
    [InlineData("1.2.3")]
    [InlineData("0x10")]
    [InlineData("1e2")]
    [InlineData("NaN")]
    [InlineData("١")]
    [InlineData("12345678901234567890123456789")]
    [InlineData("1.2345678901234567890123456789")]
    [InlineData("0.00000000000000000000000000001")]
    public void Anything_else_is_refused(string text) => Assert.NotNull(ExactDecimal.Read(text, allowExponent: false, out _));

    [Theory]
    [InlineData("1e3", "1000")]
    [InlineData("12.5E-1", "1.25")]
    [InlineData("0.1e28", "1000000000000000000000000000")]
    public void An_exponent_is_read_where_it_is_allowed(string text, string expected)
    {
        Assert.Null(ExactDecimal.Read(text, allowExponent: true, out var value));
        Assert.Equal(decimal.Parse(expected), value);
    }

    [Theory]
    [InlineData("1e29")]
    [InlineData("1e-29")]
    [InlineData("1e")]
    [InlineData("e5")]
    [InlineData("1e5e5")]
    [InlineData("1e99999999999")]
    public void An_exponent_out_of_range_is_refused(string text) => Assert.NotNull(ExactDecimal.Read(text, allowExponent: true, out _));
}
