namespace Rates.Core.Tests;

public sealed class CurrencyListParserTests
{
    [Fact]
    public void A_line_gives_code_number_digits_life_successor_and_name()
    {
        var found = CurrencyListParser.Read(
        [
            "RON currency 946 2 2005-07-01 -          -         Romanian leu",
            "ROL currency 642 2 -          2006-12-31 RON/10000 Romanian leu, 1952-2006",
            "LTT currency --- 0 1992-10-01 1993-07-20 RON       Lithuanian talonas",
            "CNH currency non 2 2010-08-23 -          -         Chinese yuan, offshore",
            "XAU metal 959 0 - - - Gold",
            "XDR unit 960 0 - - - Special drawing right",
            "BTC crypto non 8 2009-01-03 - - Bitcoin",
        ]);

        Assert.Equal(
            [
                new(Currency.Parse("BTC"), "", "Bitcoin", 8, Given.Day("2009-01-03"), null, default)
                {
                    IsIso = false,
                    Kind = CurrencyKind.Crypto,
                },
                new(Currency.Parse("CNH"), "", "Chinese yuan, offshore", 2, Given.Day("2010-08-23"), null, default) { IsIso = false },
                new(Currency.Parse("LTT"), "", "Lithuanian talonas", 0, Given.Day("1992-10-01"), Given.Day("1993-07-20"),
                    Currency.Parse("RON")) { IsIso = true },
                new(Currency.Parse("ROL"), "642", "Romanian leu, 1952-2006", 2, null, Given.Day("2006-12-31"), Currency.Parse("RON"))
                {
                    IsIso = true,
                    UnitsPerSuccessor = 10000,
                },
                new(Currency.Parse("RON"), "946", "Romanian leu", 2, Given.Day("2005-07-01"), null, default) { IsIso = true },
                new(Currency.Parse("XAU"), "959", "Gold", 0, null, null, default) { IsIso = true, Kind = CurrencyKind.Metal },
                new(Currency.Parse("XDR"), "960", "Special drawing right", 0, null, null, default)
                {
                    IsIso = true,
                    Kind = CurrencyKind.Unit,
                },
            ],
            found);
    }

    [Fact]
    public void A_line_with_too_few_columns_is_quoted() =>
        Assert.Equal("Currencies.txt: 'RON 946 2 - -' has not eight columns",
            Assert.Throws<FormatException>(() => CurrencyListParser.Read(["RON 946 2 - -"])).Message);

    [Fact]
    public void A_kind_that_is_none_is_quoted() =>
        Assert.Equal("Currencies.txt: 'stone' is no kind of currency",
            Assert.Throws<FormatException>(() => CurrencyListParser.Read(["RON stone 946 2 - - - Romanian leu"])).Message);

    [Theory]
    [InlineData("Currencies.txt: RON occurs twice", "RON currency 946 2 - - - Romanian leu", "RON currency 642 2 - - - Romanian leu")]
    [InlineData("Currencies.txt: the successor of ROL, RON, is not in the table", "ROL currency 642 2 - 2006-12-31 RON/10000 Romanian leu")]
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
