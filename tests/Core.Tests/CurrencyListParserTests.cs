namespace Rates.Core.Tests;

public sealed class CurrencyListParserTests
{
    [Fact]
    public void A_line_gives_code_number_digits_life_successor_and_name()
    {
        var found = CurrencyListParser.Read(
        [
            "RON 946 2 2005-07-01 -          -         Romanian leu",
            "ROL 642 2 -          2006-12-31 RON/10000 Romanian leu, 1952-2006",
            "LTT --- 0 1992-10-01 1993-07-20 RON       Lithuanian talonas",
            "CNH non 2 2010-08-23 -          -         Chinese yuan, offshore",
        ]);

        Assert.Equal(
            [
                new(Currency.Parse("CNH"), "", "Chinese yuan, offshore", 2, Given.Day("2010-08-23"), null, default) { IsIso = false },
                new(Currency.Parse("LTT"), "", "Lithuanian talonas", 0, Given.Day("1992-10-01"), Given.Day("1993-07-20"),
                    Currency.Parse("RON")) { IsIso = true },
                new(Currency.Parse("ROL"), "642", "Romanian leu, 1952-2006", 2, null, Given.Day("2006-12-31"), Currency.Parse("RON"))
                {
                    IsIso = true,
                    UnitsPerSuccessor = 10000,
                },
                new(Currency.Parse("RON"), "946", "Romanian leu", 2, Given.Day("2005-07-01"), null, default) { IsIso = true },
            ],
            found);
    }

    [Fact]
    public void A_line_with_too_few_columns_is_quoted() =>
        Assert.Equal("Currencies.txt: 'RON 946 2 - -' has not seven columns",
            Assert.Throws<FormatException>(() => CurrencyListParser.Read(["RON 946 2 - -"])).Message);

    [Theory]
    [InlineData("Currencies.txt: RON occurs twice", "RON 946 2 - - - Romanian leu", "RON 642 2 - - - Romanian leu")]
    [InlineData("Currencies.txt: the successor of ROL, RON, is not in the table", "ROL 642 2 - 2006-12-31 RON/10000 Romanian leu")]
    public void A_table_that_contradicts_itself_is_refused(string message, params string[] lines) =>
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => CurrencyListParser.Read(lines)).Message);

    [Fact]
    public void An_embedded_table_has_no_comments_and_no_blank_lines()
    {
        Assert.All(EmbeddedTable.Lines("Currencies.txt"), line => Assert.Matches("^[A-Z]{3} ", line));
        Assert.Equal(CurrencyRegistry.All.Count, EmbeddedTable.Lines("Currencies.txt").Count());
        Assert.Contains("the table Stamps.txt is not embedded in ",
            Assert.Throws<InvalidOperationException>(() => EmbeddedTable.Lines("Stamps.txt").ToArray()).Message, StringComparison.Ordinal);
    }
}
