
namespace Rates.Providers.Tests;

/// <summary>A figure is read in the declared form only: a comma taken for the wrong thing is off by thousands.</summary>
public sealed class RateNumberTests
{
    [Theory]
    [InlineData("1.2345", NumberForm.Point, "1.2345")]
    [InlineData(" 1.2345\t", NumberForm.Point, "1.2345")]
    [InlineData("-0.5", NumberForm.Point, "-0.5")]
    [InlineData("1.1730", NumberForm.Point, "1.1730")]
    [InlineData("171,30", NumberForm.Comma, "171.30")]
    [InlineData("1234,5", NumberForm.Comma, "1234.5")]
    [InlineData("1,234.5", NumberForm.PointGrouped, "1234.5")]
    [InlineData("12,345,678", NumberForm.PointGrouped, "12345678")]
    [InlineData("1234.5", NumberForm.PointGrouped, "1234.5")]
    [InlineData("1.234,5", NumberForm.CommaGrouped, "1234.5")]
    [InlineData("1 234,5", NumberForm.CommaSpaced, "1234.5")]
    [InlineData("1\u00A0234\u202F567,5", NumberForm.CommaSpaced, "1234567.5")]
    [InlineData("1234567890123456789012345678", NumberForm.Point, "1234567890123456789012345678")]
    internal void A_figure_of_its_form_keeps_every_digit(string text, NumberForm form, string expected) =>
        Assert.Equal(expected, RateNumber.Parse(text, form).ToString());

    [Theory]
    [InlineData("1,2345", NumberForm.Point)]
    [InlineData("1,234", NumberForm.Point)]
    [InlineData("1 234", NumberForm.Point)]
    [InlineData("1.2345", NumberForm.Comma)]
    [InlineData("1.234", NumberForm.Comma)]
    [InlineData("1.234,5", NumberForm.Comma)]
    [InlineData("1,2345", NumberForm.PointGrouped)]
    [InlineData("1,23", NumberForm.PointGrouped)]
    [InlineData("12,34,567.8", NumberForm.PointGrouped)]
    [InlineData("1234,567.8", NumberForm.PointGrouped)]
    [InlineData(",123", NumberForm.PointGrouped)]
    [InlineData("1,,234", NumberForm.PointGrouped)]
    [InlineData("1.234,567", NumberForm.PointGrouped)]
    [InlineData("1.2345", NumberForm.CommaGrouped)]
    [InlineData("1,234.5", NumberForm.CommaGrouped)]
    [InlineData("1 23,5", NumberForm.CommaSpaced)]
    [InlineData("1.5", NumberForm.CommaSpaced)]
    [InlineData("1.2.3", NumberForm.Point)]
    [InlineData("1e5", NumberForm.Point)]
    [InlineData("0x10", NumberForm.Point)]
    [InlineData("1.5-", NumberForm.Point)]
    [InlineData("(1.5)", NumberForm.Point)]
    [InlineData("$1.5", NumberForm.Point)]
    [InlineData("1.5%", NumberForm.Point)]
    [InlineData("NaN", NumberForm.Point)]
    [InlineData("Infinity", NumberForm.Point)]
    [InlineData("∞", NumberForm.Point)]
    [InlineData("١٫٥", NumberForm.Point)]
    [InlineData("１.５", NumberForm.Point)]
    [InlineData("", NumberForm.Point)]
    [InlineData(".", NumberForm.Point)]
    [InlineData("-", NumberForm.Point)]
    [InlineData("--1", NumberForm.Point)]
    [InlineData("12345678901234567890123456789", NumberForm.Point)]
    [InlineData("0.12345678901234567890123456789", NumberForm.Point)]
    [InlineData("1.23456789012345678901234567890123456789012345678901234567890123456", NumberForm.Point)]
    internal void Anything_else_is_refused_and_quoted(string text, NumberForm form)
    {
        var refusal = Assert.Throws<FormatException>(() => RateNumber.Parse(text, form));

        Assert.Contains(text[..Math.Min(text.Length, 40)], refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8.6e-06", "0.0000086")]
    [InlineData("1E3", "1000")]
    [InlineData("1.5e+2", "150.0")]
    [InlineData("0e-9", "0")]
    public void An_exponent_in_JSON_is_carried_out_exactly(string raw, string expected) =>
        Assert.Equal(decimal.Parse(expected), RateNumber.ParseJson(raw));

    [Theory]
    [InlineData("1e400")]
    [InlineData("1e-400")]
    [InlineData("1e99999999999")]
    [InlineData("1e")]
    [InlineData("1e2e3")]
    [InlineData("1.2345678901234567890123456789e-20")]
    public void An_exponent_that_a_decimal_cannot_hold_is_refused(string raw) =>
        Assert.Throws<FormatException>(() => RateNumber.ParseJson(raw));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("N/A")]
    [InlineData("n/a")]
    public void Blanks_and_the_named_markers_are_no_figure(string text) =>
        Assert.Null(RateNumber.ParseOrNull(text, NumberForm.Point, "N/A"));

    [Fact]
    public void A_marker_that_was_not_named_is_refused() =>
        Assert.Throws<FormatException>(() => RateNumber.ParseOrNull("n.d.", NumberForm.Point, "N/A"));
}
