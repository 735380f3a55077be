using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace Rates.Api.Tests;

/// <summary>Rows as clients really send them: other encodings, exponents, repeated names, impossible days.</summary>
public sealed class ConversionRowTests
{
    private const string Good = """{"amount":"100","from":"EUR","to":"USD","provider":"ecb"}""";

    [Fact]
    public async Task A_lone_surrogate_is_the_error_of_its_row()
    {
        await using var api = new ApiFixture();

        var rows = await RowsAsync(api, $$"""[{{Good}},{"amount":"1","from":"\ud800","to":"USD"},{"amount":"1","\udfff":"EUR"}]""");

        Assert.Equal("116.34", rows[0].GetProperty("result").GetRawText());
        Assert.Contains("surrogate", rows[1].GetProperty("error").GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("surrogate", rows[2].GetProperty("error").GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/csv", "amount,to\n1,USD", "from")]
    [InlineData("text/csv", "amount,from\n1,USD", "to")]
    [InlineData("text/csv", "amount,from,to\n1,,USD", "from")]
    [InlineData("text/csv", "from,to\nEUR,USD", "amount")]
    [InlineData("application/json", """[{"amount":"1","from":"EUR","to":""}]""", "to")]
    public async Task A_value_that_is_not_there_is_missing_and_not_wrong(string contentType, string body, string field)
    {
        await using var api = new ApiFixture();

        using var response = await SendAsync(api, Encoding.UTF8.GetBytes(body), contentType);

        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement[0]
            .GetProperty("error");
        Assert.Equal($"{field}: is missing; each row needs amount, from and to", error.GetProperty("detail").GetString());
        Assert.Equal(field, error.GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/csv")]
    public async Task Bytes_that_are_no_utf_8_are_refused(string contentType)
    {
        await using var api = new ApiFixture();
        foreach (var body in new byte[][] { [0xFF, 0xFE, (byte)'['], [(byte)'[', (byte)'"', 0xFF, 0xFE, (byte)'"', (byte)']'],
            [0xC0, 0x80] })
        {
            using var response = await SendAsync(api, body, contentType);

            var problem = await ApiFixture.ProblemIn(response, HttpStatusCode.BadRequest);
            Assert.Contains("UTF-8", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/csv")]
    public async Task An_empty_body_is_told(string contentType)
    {
        await using var api = new ApiFixture();

        using var response = await SendAsync(api, [], contentType);

        var problem = await ApiFixture.ProblemIn(response, HttpStatusCode.BadRequest);
        Assert.Equal(
            "The body is empty; it holds rows with amount, from, to, date, provider", problem.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("application/json", $"[{Good}]")]
    [InlineData("text/csv", "amount,from,to,provider\n100,EUR,USD,ecb")]
    public async Task A_byte_order_mark_is_passed_over(string contentType, string body)
    {
        await using var api = new ApiFixture();

        using var response = await SendAsync(api, Encoding.UTF8.GetBytes("\uFEFF" + body), contentType);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("116.34", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1e2", "116.34")]
    [InlineData("1E+2", "116.34")]
    [InlineData("1.5e-1", "0.17451")]
    [InlineData("100.00", "116.34")]
    [InlineData("-1e0", "-1.1634")]
    public async Task A_json_number_may_have_an_exponent(string amount, string result)
    {
        await using var api = new ApiFixture();

        var row = (await RowsAsync(api, $$"""[{"amount":{{amount}},"from":"EUR","to":"USD","provider":"ecb"}]"""))[0];

        Assert.Equal(decimal.Parse(result), row.GetProperty("result").GetDecimal());
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("1e-40")]
    [InlineData("\"1e2\"")]
    [InlineData("12345678901234567890123456789")]
    [InlineData("\"0.00000000000000000000000000001\"")]
    public async Task A_number_that_cannot_be_held_exactly_is_refused(string amount)
    {
        await using var api = new ApiFixture();

        var row = (await RowsAsync(api, $$"""[{"amount":{{amount}},"from":"EUR","to":"USD","provider":"ecb"}]"""))[0];

        Assert.Equal("amount", row.GetProperty("error").GetProperty("field").GetString());
        Assert.False(row.TryGetProperty("result", out _));
    }

    [Theory]
    [InlineData("application/json", """[{"amount":"1","from":"EUR","to":"USD","amount":"2"}]""", "amount")]
    [InlineData("text/csv", "amount,from,to,amount\n1,EUR,USD,2", "twice")]
    [InlineData("text/csv", "amount,from,to\n1,EUR,USD,2", "4 cells")]
    public async Task A_field_given_twice_or_without_a_name_is_refused(string contentType, string body, string named)
    {
        await using var api = new ApiFixture();

        using var response = await SendAsync(api, Encoding.UTF8.GetBytes(body), contentType);

        var problem = await ApiFixture.ProblemIn(response, HttpStatusCode.BadRequest);
        Assert.Contains(named, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"amount":"1","from":"EUR","to":"USD","amount":"2"}""", "amount", "twice")]
    [InlineData("""{"amount":"1","amount":null,"from":"EUR","to":"USD"}""", "amount", "twice")]
    [InlineData("""{"x":1,"x":1}""", "x", "twice")]
    [InlineData("""{"amount":"1","from":"EUR","to":"USD","Amount":"2"}""", "Amount", "no such field")]
    [InlineData("""[]""", null, "no JSON object")]
    [InlineData("null", null, "no JSON object")]
    public async Task A_row_that_cannot_be_read_does_not_affect_the_others(string row, string? field, string named)
    {
        await using var api = new ApiFixture();

        var rows = await RowsAsync(api, $"[{Good},{row},{Good}]");

        Assert.Equal(["116.34", "116.34"], [rows[0].GetProperty("result").GetRawText(), rows[2].GetProperty("result").GetRawText()]);
        var error = rows[1].GetProperty("error");
        Assert.Equal(field, error.TryGetProperty("field", out var given) ? given.GetString() : null);
        Assert.Contains(named, error.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.False(rows[1].TryGetProperty("result", out _));
    }

    [Fact]
    public async Task A_csv_row_with_too_many_cells_does_not_affect_the_others()
    {
        await using var api = new ApiFixture();

        using var response = await SendAsync(
            api, Encoding.UTF8.GetBytes("amount,from,to,provider\n1,EUR,USD,ecb,2\n100,EUR,USD,ecb"), "text/csv");

        var rows = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Contains("5 cells", rows[0].GetProperty("error").GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("116.34", rows[1].GetProperty("result").GetRawText());
    }

    [Fact]
    public async Task A_file_of_a_spreadsheet_with_semicolons_and_decimal_commas_is_read()
    {
        await using var api = new ApiFixture();
        const string Body = "\uFEFFamount;from;to;provider;date\r\n"
            + "\"1234,50\";EUR;\"USD\";ecb;\r\n-0,05;EUR;USD;ecb;\r\n100.5;EUR;USD;ecb;\r\n7;eur;usd;ECB;\r\n0.125;EUR;USD;ecb\r\n"
            + "1.234;EUR;USD;ecb;\r\n1.234,5;EUR;USD;ecb;\r\n1,2,3;EUR;USD;ecb;\r\n100;\"EUR;USD\";USD;ecb;\r\n";

        using var response = await SendAsync(api, Encoding.UTF8.GetBytes(Body), "text/csv; charset=utf-8");

        var rows = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement
            .EnumerateArray().Select(row => row.TryGetProperty("result", out var result) ? $"{row.GetProperty("row")} {result.GetRawText()}"
                : $"{row.GetProperty("row")} {row.GetProperty("error").GetProperty("detail").GetString()}");
        Assert.Equal(
            [
                "1 1436.2173", "2 -0.05817", "3 116.9217", "4 8.1438", "5 0.145425",
                "6 amount: '1.234' may be thousands or a fraction where semicolons part cells; write 1234 or 1,234",
                "7 amount: '1.234,5' is not a decimal number such as 1234,56 or 1234.56",
                "8 amount: '1,2,3' is not a decimal number such as 1234,56 or 1234.56",
                "9 from: 'EUR;USD' is not a three-letter currency code",
            ],
            rows);
    }

    [Theory]
    [InlineData("Amount;From;To;Provider\r\n100;EUR;USD;ecb")]
    [InlineData("amount;from;to;provider;;\n100;EUR;USD;ecb;;")]
    [InlineData("amount,from,to,provider,\n100,EUR,USD,ecb")]
    [InlineData("amount,from,to,provider\r100,EUR,USD,ecb\r")]
    [InlineData("amount;from;to;provider\r\"100\";EUR;USD;ecb\r1,5;EUR;USD;ecb")]
    public async Task A_header_may_have_capital_letters_and_empty_columns_at_its_end(string body)
    {
        await using var api = new ApiFixture();

        using var response = await SendAsync(api, Encoding.UTF8.GetBytes(body), "text/csv");

        var rows = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal("116.34", rows[0].GetProperty("result").GetRawText());
    }

    [Theory]
    [InlineData("amount,from,to,provider\n\"1,234\",EUR,USD,ecb", "amount: '1,234' is not a decimal number")]
    [InlineData("amount;from,to\n1;EUR,USD", "from,to: there is no such field")]
    public async Task Without_semicolons_between_cells_a_comma_is_no_decimal_mark(string body, string detail)
    {
        await using var api = new ApiFixture();

        using var response = await SendAsync(api, Encoding.UTF8.GetBytes(body), "text/csv");

        Assert.Contains(detail, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_of_the_first_years_is_answered_in_its_own_row()
    {
        await using var api = new ApiFixture();

        var rows = await RowsAsync(api, $$"""[{{Good}},{"amount":"1","from":"EUR","to":"USD","provider":"ecb","date":"0001-01-05"}]""");

        Assert.Equal("116.34", rows[0].GetProperty("result").GetRawText());
        Assert.Contains("0001-01-05", rows[1].GetProperty("error").GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_xml_cannot_hold_is_replaced_and_the_answer_stays_whole()
    {
        await using var api = new ApiFixture();

        using var response = await SendAsync(
            api, Encoding.UTF8.GetBytes("""[{"amount":"1","from":"\u0001\uffff😀","to":"USD"}]"""), "application/json", "?format=xml");

        var xml = XDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains("from: '\uFFFD\uFFFD😀'", xml.Root!.Element("conversion")!.Attribute("error")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_of_a_row_is_found_in_any_case()
    {
        await using var api = new ApiFixture();

        var rows = await RowsAsync(api, """[{"amount":"100","from":"EUR","to":"USD","provider":"ECB"}]""");

        Assert.Equal("116.34", rows[0].GetProperty("result").GetRawText());
    }

    private static async Task<JsonElement> RowsAsync(ApiFixture api, string body)
    {
        using var response = await SendAsync(api, Encoding.UTF8.GetBytes(body), "application/json");
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static Task<HttpResponseMessage> SendAsync(ApiFixture api, byte[] body, string contentType, string query = "")
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return api.CreateClient().PostAsync($"/v1/convert{query}", content, TestContext.Current.CancellationToken);
    }
}
