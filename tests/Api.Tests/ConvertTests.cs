using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Rates.Api.Tests;

public sealed class ConvertTests
{
    [Theory]
    [InlineData("from=EUR&to=USD&amount=100&providers=ecb", "1.1634", "116.34")]
    [InlineData("from=EUR&to=USD&providers=ecb", "1.1634", "1.1634")]
    [InlineData("from=USD&to=EUR&amount=1000000&providers=ecb&round=2", "0.859549596", "859549.60")]
    [InlineData("from=EUR&to=JPY&amount=0.125&providers=ecb&round=1", "171.20", "21.4")]
    [InlineData("from=EUR&to=USD&amount=-5&providers=ecb", "1.1634", "-5.8170")]
    public async Task An_amount_is_multiplied_by_the_unrounded_rate(string query, string rate, string result)
    {
        await using var api = new ApiFixture();

        var answer = await api.JsonAsync($"/v1/convert?{query}");

        Assert.Equal(decimal.Parse(rate), answer.GetProperty("rate").GetDecimal());
        Assert.Equal(decimal.Parse(result), answer.GetProperty("result").GetDecimal());
        Assert.Equal("2026-08-20", answer.GetProperty("asOf").GetString());
        Assert.Equal("fresh", answer.GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_result_is_not_the_product_of_the_rounded_rate()
    {
        await using var api = new ApiFixture();

        var answer = await api.JsonAsync("/v1/convert?from=JPY&to=USD&amount=1000000000000&providers=ecb&round=2");

        // 1.1634 / 171.20 = 0.00679556074766...; the rate shown ends after ten digits.
        Assert.Equal("0.006795560748", answer.GetProperty("rate").GetRawText());
        Assert.Equal("6795560747.66", answer.GetProperty("result").GetRawText());
    }

    [Theory]
    [InlineData("0.000000000000123456", "0.0000000000001436287104")]
    [InlineData("0.0000000000000001", "0.00000000000000011634")]
    [InlineData("0", "0")]
    public async Task A_tiny_result_keeps_its_significant_digits(string amount, string result)
    {
        await using var api = new ApiFixture();

        var answer = await api.TextAsync($"/v1/convert?from=EUR&to=USD&amount={amount}&providers=ecb");

        Assert.Contains($"\"result\":{result},", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0000000000000000000000001", "too small")]
    [InlineData("9999999999999999999999999999", "too large")]
    [InlineData("1.00000000000000000000000000001", "28 digits")]
    [InlineData("12345678901234567890.123456789", "28 digits")]
    public async Task What_cannot_be_converted_exactly_is_refused(string amount, string why)
    {
        await using var api = new ApiFixture();

        var problem = await api.ProblemAsync($"/v1/convert?from=EUR&to=JPY&amount={amount}&providers=ecb", HttpStatusCode.BadRequest);

        Assert.Equal("amount", problem.GetProperty("parameter").GetString());
        Assert.Contains(why, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_half_goes_to_even()
    {
        await using var api = new ApiFixture();

        Assert.Equal("2", await ResultAsync(api, "amount=2.5&round=0&rounding=half-even"));
        Assert.Equal("4", await ResultAsync(api, "amount=3.5&round=0&rounding=half-even"));
    }

    [Theory]
    [InlineData("amount=2.5&round=0", "3")]
    [InlineData("amount=-2.5&round=0", "-3")]
    [InlineData("amount=2.5&round=0&rounding=half-up", "3")]
    [InlineData("amount=2.4999&round=0&rounding=half-up", "2")]
    [InlineData("amount=2.01&round=0&rounding=up", "3")]
    [InlineData("amount=-2.01&round=0&rounding=up", "-3")]
    [InlineData("amount=2.99&round=0&rounding=down", "2")]
    [InlineData("amount=-2.99&round=0&rounding=down", "-2")]
    [InlineData("amount=0.125&round=minor", "0.13")]
    [InlineData("amount=0.125&round=minor&rounding=half-even", "0.12")]
    [InlineData("amount=12&round=minor&rounding=up", "12")]
    public async Task A_result_is_rounded_as_asked_and_a_half_goes_up_unless_asked_otherwise(string query, string result)
    {
        await using var api = new ApiFixture();

        Assert.Equal(result, await ResultAsync(api, query));
    }

    [Theory]
    [InlineData("KWD", "0.3571", "357.104")]
    [InlineData("JPY", "171.2", "171202")]
    [InlineData("ISK", "143.1", "143101")]
    [InlineData("USD", "1.16345", "1163.46")]
    [InlineData("CLF", "0.026123", "26.1233")]
    [InlineData("GBX", "0.865412", "86542")]
    public async Task Minor_means_the_digits_of_the_currency_in_ISO_4217(string to, string rate, string result)
    {
        var store = Sample.Store();
        var quote = to == "GBX" ? "GBP" : to;
        store.Publish(Sample.Sheet("ecb", Sample.Today, Sample.Now, null, $"EUR/{quote} {rate}"));
        await using var api = new ApiFixture(store);

        var answer = await api.JsonAsync($"/v1/convert?from=EUR&to={to}&amount=1000.01&providers=ecb&round=minor");

        Assert.Equal(result, answer.GetProperty("result").GetRawText());
    }

    [Theory]
    [InlineData("from=EUR&to=USD", "1.1634", "0.859549596")]
    [InlineData("from=USD&to=EUR", "0.859549596", "1.1634")]
    [InlineData("from=EUR&to=GBX", "86.54", "0.01155535013")]
    [InlineData("from=GBX&to=EUR", "0.01155535013", "86.54")]
    [InlineData("from=GBX&to=GBP", "0.01", "100")]
    public async Task The_inverse_is_shown_beside_the_rate(string query, string rate, string inverse)
    {
        await using var api = new ApiFixture();

        var one = await api.JsonAsync($"/v1/convert?{query}&providers=ecb");
        var each = (await api.JsonAsync($"/v1/convert?{query}&providers=ecb&select=each")).GetProperty("conversions")[0];

        Assert.All([one, each], answer => Assert.Equal(
            (decimal.Parse(rate), decimal.Parse(inverse)),
            (answer.GetProperty("rate").GetDecimal(), answer.GetProperty("inverse").GetDecimal())));
    }

    [Theory]
    [InlineData("from=GBX&to=GBP&amount=150", "1.5")]
    [InlineData("from=GBP&to=GBp&amount=1.5&date=2026-08-19", "150")]
    [InlineData("from=EUR&to=EUR&amount=7.125&round=2", "7.13")]
    [InlineData("from=XAG&to=XAG&amount=7&providers=ecb&date=1980-01-01", "7")]
    public async Task Units_of_one_currency_need_no_rate(string query, string result)
    {
        await using var api = new ApiFixture();

        var answer = await api.JsonAsync($"/v1/convert?{query}");

        Assert.Equal(result, answer.GetProperty("result").GetRawText());
        Assert.All(["asOf", "providers", "status", "note"], name => Assert.False(answer.TryGetProperty(name, out _), name));
    }

    [Theory]
    [InlineData("rounding=up", "rounding")]
    [InlineData("round=2&rounding=nearest", "rounding")]
    [InlineData("round=minors", "round")]
    public async Task A_rounding_that_cannot_be_is_named(string query, string parameter)
    {
        await using var api = new ApiFixture();

        var problem = await api.ProblemAsync($"/v1/convert?from=EUR&to=USD&{query}", HttpStatusCode.BadRequest);
        using var rows = await SendAsync(api, """[{"amount":"1","from":"EUR","to":"USD"}]""", "application/json", $"?{query}");

        Assert.Equal(parameter, problem.GetProperty("parameter").GetString());
        Assert.Equal(parameter, (await ApiFixture.ProblemIn(rows, HttpStatusCode.BadRequest)).GetProperty("parameter").GetString());
    }

    [Fact]
    public async Task Each_provider_converts_for_itself_when_asked()
    {
        await using var api = new ApiFixture();

        var answer = (await api.JsonAsync("/v1/convert?from=EUR&to=USD&amount=100&select=each&providers=ecb,boc,google&round=2"))
            .GetProperty("conversions");

        Assert.Equal("116.34", answer[0].GetProperty("result").GetRawText());
        Assert.Equal("116.33", answer[1].GetProperty("result").GetRawText());
        Assert.Equal("never fetched: connection refused", answer[2].GetProperty("error").GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Rows_are_answered_one_by_one_and_a_bad_one_leaves_the_others_alone()
    {
        await using var api = new ApiFixture();

        var rows = JsonDocument.Parse(await PostAsync(api, """
            [{"amount":"100","from":"EUR","to":"USD","provider":"ecb"},
             {"amount":100.0,"from":"EUR","to":"USD","date":"2026-08-19","provider":"ecb"},
             {"amount":"1,5","from":"EUR","to":"USD"},
             {"amount":"1","from":"EURO","to":"USD"},
             {"amount":"1","to":"USD"},
             {"amount":"1","from":"EUR","to":"USD","provider":"nobody"},
             {"amount":"1","from":"EUR","to":"THB","provider":"ecb"},
             {"amount":"1","from":"EUR","to":"USD","date":"2099-01-01"},
             {"amount":{"x":1},"from":"EUR","to":"USD"}]
            """)).RootElement;

        Assert.Equal("116.34", rows[0].GetProperty("result").GetRawText());
        Assert.Equal("116.22", rows[1].GetProperty("result").GetRawText());
        Assert.Equal("2026-08-19", rows[1].GetProperty("asOf").GetString());
        Assert.Equal(
            [(3, "amount"), (4, "from"), (5, "from"), (6, "provider"), (7, "to"), (8, "date"), (9, "amount")],
            rows.EnumerateArray().Skip(2)
                .Select(row => (row.GetProperty("row").GetInt32(), row.GetProperty("error").GetProperty("field").GetString()!)));
    }

    [Fact]
    public async Task Rows_may_come_and_go_as_csv()
    {
        await using var api = new ApiFixture();

        var csv = (await PostAsync(api, "from,to,amount,provider\r\nEUR,USD,100,ecb\r\nEUR,XXQ,1,\r\n", "text/csv", "?format=csv&round=2"))
            .TrimEnd().Split("\r\n");

        Assert.Equal(3, csv.Length);
        Assert.StartsWith("1,EUR,USD,100,median,1.1634,116.34,2026-08-20,ecb,fresh,EUR/USD", csv[1], StringComparison.Ordinal);
        Assert.Contains("XXQ", csv[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("[1]", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("[]", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("[{\"amount\":\"1\"", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("[[[[[[1]]]]]]", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("[{\"amuont\":\"1\"}]", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("from,from\nEUR,USD", "text/csv", HttpStatusCode.BadRequest)]
    [InlineData("<rows/>", "application/xml", HttpStatusCode.UnsupportedMediaType)]
    public async Task A_body_that_is_no_list_of_rows_is_refused_whole(string body, string contentType, HttpStatusCode status)
    {
        await using var api = new ApiFixture();

        using var response = await SendAsync(api, body, contentType, "");

        await ApiFixture.ProblemIn(response, status);
    }

    [Theory]
    [InlineData("/v1/convert?from=EUR&to=USD&date=0001-01-05")]
    [InlineData("/v1/convert?from=EUR&to=USD&date=0001-01-05&providers=ecb,boc&select=mean")]
    public async Task A_day_without_figures_is_refused_with_its_reason(string address)
    {
        await using var api = new ApiFixture();

        using var response = await api.GetAsync(address);

        var problem = await ApiFixture.ProblemIn(response, HttpStatusCode.NotFound);
        Assert.EndsWith(
            "none of them has figures of 0001-01-05 or the days before it", problem.GetProperty("detail").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thousand_rows_are_converted_and_one_more_is_refused()
    {
        await using var api = new ApiFixture();
        var row = """{"amount":"1","from":"EUR","to":"USD"}""";

        var rows = JsonDocument.Parse(await PostAsync(api, $"[{string.Join(',', Enumerable.Repeat(row, 1000))}]")).RootElement;
        using var response = await SendAsync(api, $"[{string.Join(',', Enumerable.Repeat(row, 1001))}]", "application/json", "");

        Assert.Equal(1000, rows.GetArrayLength());
        Assert.Contains("1001", (await ApiFixture.ProblemIn(response, HttpStatusCode.BadRequest)).GetProperty("detail").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_cannot_make_the_store_read_without_end()
    {
        await using var api = new ApiFixture();
        var rows = Enumerable.Range(0, 600).Select(
            day => $$"""{"amount":"1","from":"EUR","to":"USD","provider":"ecb","date":"{{Sample.Today.AddDays(-day):yyyy-MM-dd}}"}""");

        var answer = JsonDocument.Parse(await PostAsync(api, $"[{string.Join(',', rows)}]")).RootElement;

        Assert.Equal(500, api.Store.Calls.Count(call => call == "history ecb"));
        Assert.Contains("500", answer[599].GetProperty("error").GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static async Task<string> ResultAsync(ApiFixture api, string query) =>
        (await api.JsonAsync($"/v1/convert?from=EUR&to=EUR&{query}")).GetProperty("result").GetRawText();

    private static async Task<string> PostAsync(ApiFixture api, string body, string contentType = "application/json", string query = "")
    {
        using var response = await SendAsync(api, body, contentType, query);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        return text;
    }

    private static Task<HttpResponseMessage> SendAsync(ApiFixture api, string body, string contentType, string query) =>
        api.CreateClient().PostAsync(
            $"/v1/convert{query}", new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(contentType)),
            TestContext.Current.CancellationToken);
}
