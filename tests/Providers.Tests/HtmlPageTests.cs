using System.Text;
using System.Text.RegularExpressions;

namespace Rates.Providers.Tests;

/// <summary>Columns of web pages are found by their headings, and a page that may have been cut is no page.</summary>
public sealed partial class HtmlPageTests
{
    private const string Sides = """
        <table><caption>Rates</caption>
        <thead><tr><th></th><th colspan=2>Buying</th><th colspan="2">Selling</th></tr>
        <tr><td> Code </td><td>Notes</td><td>Transfers</td><td>Notes</td><td>Trans&shy;fers</td></tr></thead>
        <tfoot><tr><td>Code</td><td>total</td><td>0</td><td>0</td><td>0</td></tr></tfoot>
        <tbody><tr><td colspan=5>Today</td></tr><tr><td> </td><td></td><td></td><td></td><td></td></tr>
        <tr><td>EUR<td>1.1<td>1.2<td>1.3<td>1.4</tr>
        <tr><td>USD</td><td colspan=2>2.1</td><td>2.3</td></tr></tbody></table>
        """;

    [Fact]
    public void A_heading_below_another_is_named_by_both()
    {
        var table = Read(Sides).Table("Code", "Buying|Notes", "Selling|Notes");

        Assert.Equal(["1.1", "1.2", "1.3"], new[] { "Buying|Notes", "transfers", "Selling|Notes" }.Select(name => table.Rows[0][name]));
    }

    [Fact]
    public void Rows_without_text_messages_and_the_foot_of_a_table_are_no_rows() =>
        Assert.Equal(["EUR", "USD"], Read(Sides).Table("Code").Rows.Select(row => row.Cells.Texts[0]));

    [Fact]
    public void A_row_of_another_width_cannot_be_read() =>
        Assert.Equal(
            "4 cells where there are 5 headings",
            Assert.Throws<FormatException>(() => Read(Sides).Table("Code").Rows[1]["Code"]).Message);

    [Theory]
    [InlineData("Notes")]
    [InlineData("Buying")]
    [InlineData("Buying|Selling")]
    [InlineData("Rate")]
    public void A_heading_that_is_not_there_or_there_twice_finds_no_table(string heading) =>
        Assert.Throws<FormatException>(() => Read(Sides).Table("Code", heading));

    [Fact]
    public void Two_tables_of_the_same_headings_are_not_one() =>
        Assert.StartsWith(
            "2 tables of the page have the headings Code, not one",
            Assert.Throws<FormatException>(() => Read(Sides + Sides).Table("Code")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_table_inside_another_keeps_its_rows() =>
        Assert.Equal(
            "1.5",
            Read("<table><tr><td>Menu</td><td><table><tr><th>Code</th><th>Rate</th></tr><tr><td>EUR</td><td>1.5</td></tr></table></td></tr>"
                + "</table>").Table("Code", "Rate").Rows.Single()["Rate"]);

    [Theory]
    [InlineData("<html><body>x</body></html>", true)]
    [InlineData("<HTML><body>x</body></HTML>\r\n <!-- copy of 12:30 --> <!-- b --> ", true)]
    [InlineData("<!DOCTYPE html><body>x", false)]
    [InlineData("<html><body><table></table>", false)]
    [InlineData("<html><body>x</body></html", false)]
    [InlineData("<p><table></table>", true)]
    [InlineData("<p><table>", false)]
    [InlineData("", false)]
    public void A_page_is_whole_when_it_ends_and_a_fragment_when_its_last_element_does(string text, bool isWhole)
    {
        var problem = Record.Exception(() => Body(text).Page("</table>"));

        Assert.Equal(isWhole, problem is null);
        Assert.True(problem is null or FormatException);
    }

    [Fact]
    public void The_text_above_a_table_ends_where_the_table_begins()
    {
        var page = Read("<script>Day 3</script><p>Day <b>1</b></p><table><tr><td>A</td></tr></table><p>Day 2</p>"
            + "<table><tr><td>A</td></tr></table>Day 4");

        Assert.Equal(["Day 1", "Day 2"], page.Tables("A").Select(table => page.Above(table.Element, Day()).Value));
        Assert.Throws<FormatException>(() => page.Only(Day()));
    }

    [Fact]
    public void A_form_is_sent_with_its_hidden_fields_and_those_given()
    {
        const string Form = "<form><input type=hidden name=token value='a+b='><input type=hidden name=day value=1><input name=q></form>";

        Assert.Equal("token=a%2Bb%3D&day=2&q=x+y", Read(Form).Form("token", ("day", "2"), ("q", "x y")));
        Assert.Throws<FormatException>(() => Read(Form).Form("other"));
    }

    private static HtmlPage Read(string content) => Body($"<html><head><title>t</title></head><body>{content}</body></html>").Page();

    private static ProviderBody Body(string text) => new(new("GET", ""), Encoding.UTF8.GetBytes(text), null, new DateOnly(2026, 8, 20));

    [GeneratedRegex("Day [0-9]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Day();
}
