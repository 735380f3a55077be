namespace Rates.Api.Tests;

public sealed class HistoryTests
{
    [Fact]
    public async Task A_series_has_the_days_that_were_published()
    {
        await using var api = new ApiFixture();

        var answer = await api.JsonAsync("/v1/history?base=EUR&quotes=USD,GBP&providers=ecb,boc&from=2026-08-19&to=2026-08-20");

        var series = answer.GetProperty("series");
        Assert.Equal(4, series.GetArrayLength());
        Assert.Equal("""{"provider":"ecb","quote":"USD","derived":false,"dates":["2026-08-19","2026-08-20"],"rates":[1.1622,1.1634]}""", series[1].GetRawText());
        Assert.False(answer.TryGetProperty("absent", out _));
    }

    [Fact]
    public async Task The_days_of_the_latest_sheet_are_in_the_history_though_the_store_has_none()
    {
        await using var api = new ApiFixture();

        var answer = await api.JsonAsync("/v1/history?base=CAD&quotes=USD&providers=boc,google&from=2026-08-01&to=2026-08-20");

        Assert.Equal("boc", Assert.Single(answer.GetProperty("series").EnumerateArray()).GetProperty("provider").GetString());
        Assert.Equal("2026-08-19", Assert.Single(answer.GetProperty("series")[0].GetProperty("dates").EnumerateArray()).GetString());
        Assert.Equal("google", answer.GetProperty("absent")[0].GetProperty("provider").GetString());
    }

    [Fact]
    public async Task Another_base_is_crossed_day_by_day()
    {
        await using var api = new ApiFixture();

        var series = (await api.JsonAsync("/v1/history?base=GBP&quotes=USD&providers=ecb&from=2026-08-18&to=2026-08-18")).GetProperty("series")[0];

        Assert.Equal("1.34375", series.GetProperty("rates")[0].GetRawText());
        Assert.True(series.GetProperty("derived").GetBoolean());
    }

    [Theory]
    [InlineData("week", "2026-08-14,2026-08-20")]
    [InlineData("month", "2026-07-31,2026-08-20")]
    public async Task A_group_is_told_by_its_last_figure(string group, string days)
    {
        var store = Sample.Store();
        store.Remember("ecb", [.. Sample.Figures(new(2026, 7, 31), "EUR/USD 1.1500"), .. Sample.Figures(new(2026, 8, 14), "EUR/USD 1.1600")]);
        await using var api = new ApiFixture(store);
        var from = group == "week" ? "2026-08-10" : "2026-07-01";

        var series = (await api.JsonAsync($"/v1/history?quotes=USD&providers=ecb&from={from}&to=2026-08-20&group={group}")).GetProperty("series")[0];

        Assert.Equal(days, string.Join(',', series.GetProperty("dates").EnumerateArray().Select(day => day.GetString())));
    }

    [Fact]
    public async Task Csv_has_a_row_a_day()
    {
        await using var api = new ApiFixture();

        var csv = await api.TextAsync("/v1/history?quotes=USD&providers=ecb&from=2026-08-19&to=2026-08-20&format=csv");

        Assert.Equal("date,provider,base,quote,rate\r\n2026-08-19,ecb,EUR,USD,1.1622\r\n2026-08-20,ecb,EUR,USD,1.1634\r\n", csv);
    }
}
