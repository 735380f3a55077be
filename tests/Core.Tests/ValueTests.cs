namespace Rates.Core.Tests;

public sealed class ValueTests
{
    [Theory]
    [InlineData("EUR", "EUR")]
    [InlineData("usd", "USD")]
    [InlineData("AAA", "AAA")]
    [InlineData("ZZZ", "ZZZ")]
    public void Three_letters_are_a_code(string text, string code)
    {
        Assert.Equal(code, Currency.Parse(text).Code);
        Assert.Equal(Currency.Parse(text), Currency.FromIndex(Currency.Parse(text).Index));
    }

    [Theory]
    [InlineData("EU")]
    [InlineData("EURO")]
    [InlineData("U5D")]
    [InlineData("ЕUR")]
    [InlineData("EU€")]
    [InlineData("")]
    [InlineData(null)]
    public void Anything_else_is_no_code(string? text)
    {
        Assert.False(Currency.TryParse(text, out var currency));
        Assert.True(currency.IsNone);
        Assert.Empty(currency.Code);
    }

    [Theory]
    [InlineData("EURUSD")]
    [InlineData("EUR-USD")]
    [InlineData("EUR/US1")]
    [InlineData("EUR/USDX")]
    public void A_pair_is_two_codes_and_a_slash(string text)
    {
        Assert.False(CurrencyPair.TryParse(text, out _));
        Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => CurrencyPair.Parse(text)).Message);
    }

    [Fact]
    public void The_chunks_of_a_window_cover_it_once()
    {
        var window = new FetchWindow(Given.Day("2026-01-01"), Given.Day("2026-04-10"), Given.Day("2026-04-13"));

        var chunks = window.Chunks(31).ToArray();

        Assert.Equal([31, 31, 31, 7], chunks.Select(chunk => chunk.Length));
        Assert.Equal(window.Days(), chunks.SelectMany(chunk => chunk.Days()));
        Assert.All(chunks, chunk => Assert.Equal(window.Today, chunk.Today));
    }

    [Fact]
    public void Health_records_are_equal_when_all_values_and_rows_are()
    {
        ProviderHealth Health(int failures, string reason) => new() { Failures = failures, FirstRefusedRows = [new("row 1", reason)] };

        Assert.Equal(Health(1, "jump"), Health(1, "jump"));
        Assert.NotEqual(Health(1, "jump"), Health(2, "jump"));
        Assert.NotEqual(Health(1, "jump"), Health(1, "scale"));
        Assert.NotEqual(Health(1, "jump"), Health(1, "jump") with { FirstOddRows = [new("row 2", "blank")] });
    }
}
