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

        Assert.Equal("2", (await api.JsonAsync("/v1/convert?from=EUR&to=EUR&amount=2.5&round=0")).GetProperty("result").GetRawText());
        Assert.Equal("4", (await api.JsonAsync("/v1/convert?from=EUR&to=EUR&amount=3.5&round=0")).GetProperty("result").GetRawText());
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
