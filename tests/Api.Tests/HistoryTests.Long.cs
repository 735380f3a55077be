using System.Text.Json;

namespace Rates.Api.Tests;

public sealed partial class HistoryTests
{
    [Fact]
    public async Task Rows_come_day_by_day()
    {
        await using var api = new ApiFixture();

        var csv = await api.TextAsync("/v1/history?quotes=USD,GBP&providers=ecb&from=2026-08-18&to=2026-08-19&format=csv");

        Assert.Equal(
            "date,provider,base,quote,rate,unconfirmed,note\r\n2026-08-18,ecb,EUR,GBP,0.8640,,\r\n2026-08-18,ecb,EUR,USD,1.1610,,\r\n"
            + "2026-08-19,ecb,EUR,GBP,0.8650,,\r\n2026-08-19,ecb,EUR,USD,1.1622,,\r\n",
            csv);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("csv")]
    [InlineData("ndjson")]
    public async Task A_long_answer_is_sent_while_it_is_written_and_is_the_same_in_every_format(string format)
    {
        var store = Sample.Store();
        store.Remember("ecb", [.. Years(10)]);
        await using var api = new ApiFixture(store);
        const string Address = "/v1/history?quotes=USD,GBP,CHF,CAD&providers=ecb&from=2010-01-01&to=2020-12-31";

        using var response = await api.GetAsync($"{Address}&format={format}");
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Null(response.Headers.ETag);
        Assert.Equal(10 * 365 * 4, format switch
        {
            "json" => JsonDocument.Parse(text).RootElement.GetProperty("series").EnumerateArray()
                .Sum(series => series.GetProperty("rates").GetArrayLength()),
            "csv" => text.TrimEnd().Split("\r\n").Length - 1,
            _ => text.TrimEnd().Split('\n').Count(line => JsonDocument.Parse(line).RootElement.GetProperty("rate").GetDecimal() > 0),
        });
    }

    [Fact]
    public async Task Everything_of_all_providers_is_answered_as_rows_and_none_of_it_stays_in_memory()
    {
        var store = Sample.Store();
        store.Remember("ecb", [.. Enumerable.Range(0, 12).SelectMany(year => Sample.Figures(new(1999 + year, 7, 1), "EUR/USD 1.15"))]);
        await using var api = new ApiFixture(store);
        await api.SettleAsync();
        const string All = "/v1/history?providers=all&from=1900-01-01&to=2026-08-20&format=";

        var csv = await Task.WhenAll(api.TextAsync(All + "csv"), api.TextAsync(All + "csv"));
        var rows = (await api.TextAsync(All + "ndjson")).TrimEnd().Split('\n');
        var json = await api.JsonAsync(All + "json");
        var asked = api.Store.Calls.Count(call => call == "history ecb");
        await api.TextAsync("/v1/history?quotes=USD&providers=ecb&from=2026-08-01&to=2026-08-20");

        Assert.Equal(csv[0], csv[1]);
        Assert.True(rows.Length > 12);
        Assert.Equal(rows.Length, csv[0].TrimEnd().Split('\n').Length - 1);
        Assert.Equal(
            rows.Length, json.GetProperty("series").EnumerateArray().Sum(series => series.GetProperty("dates").GetArrayLength()));
        Assert.Equal(asked + 1, api.Store.Calls.Count(call => call == "history ecb"));
    }

    [Theory]
    [InlineData("providers=all&from=1900-01-01&format=xml", "providers is more than 200000 figures; ask for less at once")]
    [InlineData("providers=ecb&from=0001-01-01", "is more than 5000000 figures; ask for less at once")]
    public async Task What_would_be_held_in_memory_whole_has_a_limit(string query, string why)
    {
        await using var api = new ApiFixture();

        var problem = await api.ProblemAsync($"/v1/history?to=2026-08-20&{query}", System.Net.HttpStatusCode.BadRequest);

        Assert.Contains(why, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("from", problem.GetProperty("parameter").GetString());
    }

    [Fact]
    public async Task Rows_go_day_by_day_though_quotes_have_days_of_their_own()
    {
        var store = Sample.Store();
        store.Remember(
            "ecb",
            [
                .. Sample.Figures(new(2026, 7, 1), "EUR/USD 1.15", "EUR/GBP 0.86"), .. Sample.Figures(new(2026, 7, 2), "EUR/GBP 0.87"),
                .. Sample.Figures(new(2026, 7, 3), "EUR/USD 1.16", "EUR/JPY 171"), .. Sample.Figures(new(2026, 7, 6), "EUR/JPY 172"),
            ]);
        await using var api = new ApiFixture(store);

        var csv = await api.TextAsync("/v1/history?quotes=USD,GBP,JPY&providers=ecb&from=2026-07-01&to=2026-07-06&format=csv");

        Assert.Equal(
            "date,provider,base,quote,rate,unconfirmed,note\r\n2026-07-01,ecb,EUR,GBP,0.86,,\r\n2026-07-01,ecb,EUR,USD,1.15,,\r\n"
                + "2026-07-02,ecb,EUR,GBP,0.87,,\r\n2026-07-03,ecb,EUR,JPY,171,,\r\n2026-07-03,ecb,EUR,USD,1.16,,\r\n"
                + "2026-07-06,ecb,EUR,JPY,172,,\r\n",
            csv);
    }
}
