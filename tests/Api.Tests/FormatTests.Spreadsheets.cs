using System.Net;
using System.Text;

namespace Rates.Api.Tests;

/// <content>CSV as spreadsheets read it.</content>
public sealed partial class FormatTests
{
    [Theory]
    [InlineData("/v1/rates?quotes=USD,GBP&providers=ecb,boc")]
    [InlineData("/v1/rates?quotes=USD&select=median")]
    [InlineData("/v1/rates/EUR/USD?providers=ecb,boc")]
    [InlineData("/v1/convert?from=EUR&to=USD&amount=100")]
    [InlineData("/v1/history?quotes=USD&providers=ecb&from=2026-08-01&to=2026-08-20")]
    public async Task Csv_is_what_IMPORTDATA_is_documented_to_read(string address)
    {
        await using var api = new ApiFixture();
        (string, string)[] browser =
        [
            ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"), ("Accept-Encoding", "gzip,deflate,br"),
            ("User-Agent", "Mozilla/5.0 (compatible; GoogleDocs; apps-spreadsheets; +http://docs.google.com)"),
        ];

        using var response = await api.GetAsync($"{address}&format=csv", ("Accept", "*/*"));
        using var asBrowser = await api.GetAsync($"{address}&format=csv", browser);

        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var lines = CsvText.Read(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes)).ToList();
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (response.StatusCode, asBrowser.StatusCode));
        Assert.Equal("text/csv; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("text/csv; charset=utf-8", asBrowser.Content.Headers.ContentType?.ToString());
        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.InRange(lines.Count, 2, 100);
        Assert.All(lines, line => Assert.Equal(lines[0].Length, line.Length));
        Assert.All(lines.Skip(1), line => Assert.Contains(line, cell => decimal.TryParse(cell, out _) && !cell.Contains(',')));
        Assert.False(bytes.AsSpan().StartsWith(CsvForm.Mark) || bytes.Length > 64 * 1024);
    }

    [Theory]
    [InlineData("separator=semicolon&decimal=comma&bom=true", "\uFEFFprovider;", "ecb;European Central Bank;", ";USD;1,1634;")]
    [InlineData("separator=semicolon", "provider;", "ecb;European Central Bank;", ";USD;1.1634;")]
    [InlineData("decimal=comma", "provider,", "ecb,European Central Bank,", ",USD,\"1,1634\",")]
    [InlineData("separator=comma&decimal=point&bom=false", "provider,", "ecb,European Central Bank,", ",USD,1.1634,")]
    public async Task A_csv_is_written_for_the_spreadsheets_of_a_country(string form, string header, string row, string figure)
    {
        await using var api = new ApiFixture();

        var text = Encoding.UTF8.GetString(await (await api.GetAsync($"{Two}&format=csv&{form}")).Content.ReadAsByteArrayAsync(
            TestContext.Current.CancellationToken));
        var lines = text.Split("\r\n");

        Assert.StartsWith(header, lines[0], StringComparison.Ordinal);
        Assert.StartsWith(row, lines[1], StringComparison.Ordinal);
        Assert.Contains(figure, lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/rates?quotes=USD&select=median&providers=ecb", ";1,1634;")]
    [InlineData("/v1/rates/EUR/USD?providers=ecb", ";1,1634;")]
    [InlineData("/v1/convert?from=EUR&to=USD&providers=ecb", ";1,1634;")]
    [InlineData("/v1/history?quotes=USD&providers=ecb&from=2026-08-20&to=2026-08-20", ";1,1634")]
    [InlineData("/v1/providers?", "key;name;")]
    [InlineData("/v1/currencies/USD?", "code;numeric;")]
    [InlineData("/v1/policies?", "name;title;")]
    public async Task Every_read_has_the_form_for_spreadsheets(string address, string text)
    {
        await using var api = new ApiFixture();
        await api.TextAsync($"{address}&format=csv");

        var csv = await api.TextAsync($"{address}&format=csv&separator=semicolon&decimal=comma");

        Assert.Contains(text, csv, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("separator=tab", "separator")]
    [InlineData("decimal=,", "decimal")]
    [InlineData("bom=yes", "bom")]
    public async Task A_form_of_csv_that_cannot_be_is_named(string query, string parameter)
    {
        await using var api = new ApiFixture();

        var problem = await api.ProblemAsync($"/v1/rates?{query}", HttpStatusCode.BadRequest);

        Assert.Equal(parameter, problem.GetProperty("parameter").GetString());
    }

    [Fact]
    public void What_a_spreadsheet_would_run_is_made_text()
    {
        Assert.Equal("'=1+1", CsvText.Quote("=1+1", ';'));
        Assert.Equal("\"'@a;b\"", CsvText.Quote("@a;b", ';'));
        Assert.Equal("a,b", CsvText.Quote("a,b", ';'));
        Assert.Equal("'=1+1", CsvText.Quote("=1+1"));
        Assert.Equal("\"'@a,b\"", CsvText.Quote("@a,b"));
        Assert.Equal("\"say \"\"no\"\"\"", CsvText.Quote("say \"no\""));
        Assert.Equal("European Central Bank", CsvText.Quote("European Central Bank"));
    }

    [Fact]
    public void Csv_cells_may_hold_commas_quotes_and_line_ends()
    {
        var lines = CsvText.Read("a,b\r\n\"1,5\",\"say \"\"no\"\"\nplease\"\n\nlast,").ToList();

        Assert.Equal(3, lines.Count);
        Assert.Equal(["1,5", "say \"no\"\nplease"], lines[1]);
        Assert.Equal(["last", ""], lines[2]);
        Assert.Throws<FormatException>(() => CsvText.Read("\"open").ToList());
    }
}
