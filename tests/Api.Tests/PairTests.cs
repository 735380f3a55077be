using System.Text.Json;

namespace Rates.Api.Tests;

public sealed class PairTests
{
    [Fact]
    public async Task A_figure_is_explained_down_to_what_was_published()
    {
        await using var api = new ApiFixture();

        var answer = await api.JsonAsync("/v1/rates/eur/usd?providers=ecb,boc,google");

        var ecb = answer.GetProperty("providers")[0];
        var boc = answer.GetProperty("providers")[1];
        Assert.False(ecb.GetProperty("derived").GetBoolean());
        Assert.Equal("https://ecb.example/rates", ecb.GetProperty("source").GetString());
        Assert.Equal("1.163269731", boc.GetProperty("rate").GetRawText());
        Assert.True(boc.GetProperty("derived").GetBoolean());
        Assert.Equal(2, boc.GetProperty("published").GetArrayLength());
        Assert.Equal("1.3836", boc.GetProperty("published").EnumerateArray().Single(leg => leg.GetProperty("pair").GetString() == "USD/CAD")
            .GetProperty("rate").GetString());
        Assert.NotEmpty(boc.GetProperty("path").GetString()!);
        Assert.Equal("never fetched: connection refused", answer.GetProperty("providers")[2].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Statistics_are_of_everyone_who_covers_the_pair()
    {
        await using var api = new ApiFixture();

        var statistics = (await api.JsonAsync("/v1/rates/EUR/USD?providers=ecb,boc,google")).GetProperty("statistics");

        Assert.Equal(2, statistics.GetProperty("count").GetInt32());
        Assert.Equal("1.163269731", statistics.GetProperty("min").GetRawText());
        Assert.Equal("1.1634", statistics.GetProperty("max").GetRawText());
        Assert.Equal("1.1634", statistics.GetProperty("first").GetRawText());
        Assert.Equal("1.163334864", statistics.GetProperty("median").GetRawText());
    }

    [Theory]
    [InlineData("JPY", "", "ecb")]
    [InlineData("CAD", "", "boc")]
    [InlineData("USD", "", "boc ecb")]
    [InlineData("GBP", "&date=2026-08-18", "ecb")]
    [InlineData("JPY", "&date=2026-08-18", "")]
    [InlineData("DEM", "", "")]
    public async Task A_currency_against_itself_is_answered_by_who_has_it_alike_everywhere(string code, string day, string having)
    {
        await using var api = new ApiFixture();
        const string Asked = "providers=boc,ecb";
        var on = day.Length > 0 ? day[6..] : "2026-08-20";

        using var rates = await api.GetAsync($"/v1/rates?base={code}&quotes={code}&{Asked}{day}");
        using var pair = await api.GetAsync($"/v1/rates/{code}/{code}?{Asked}{day}");
        using var blend = await api.GetAsync($"/v1/rates?base={code}&quotes={code}&select=median&{Asked}{day}");
        var each = await api.JsonAsync($"/v1/convert?from={code}&to={code}&select=each&{Asked}{day}");
        var filled = await api.JsonAsync($"/v1/history?base={code}&quotes={code}&filled=true&from={on}&to={on}&{Asked}");

        Assert.Equal(rates.StatusCode, pair.StatusCode);
        Assert.Equal(rates.StatusCode, blend.StatusCode);
        Assert.Equal(having, Keys(each.GetProperty("conversions").EnumerateArray().Where(one => one.TryGetProperty("result", out _))
            .Select(one => one.GetProperty("providers")[0])));
        var series = filled.GetProperty("series").EnumerateArray().Where(one => one.GetProperty("rates").GetArrayLength() > 0).ToList();
        Assert.Equal(having, Keys(series.Select(one => one.GetProperty("provider"))));
        Assert.All(series, one => Assert.False(one.GetProperty("derived").GetBoolean()));
        if (rates.IsSuccessStatusCode)
        {
            var figures = (await JsonOf(pair)).GetProperty("providers").EnumerateArray()
                .Where(one => one.TryGetProperty("rate", out _)).ToList();
            Assert.Equal(having, Keys((await JsonOf(rates)).GetProperty("providers").EnumerateArray()
                .Where(one => one.GetProperty("rates").EnumerateObject().Any()).Select(one => one.GetProperty("provider"))));
            Assert.Equal(having, Keys(figures.Select(one => one.GetProperty("provider"))));
            Assert.All(figures, one => Assert.False(one.GetProperty("derived").GetBoolean()));
            var combined = (await JsonOf(blend)).GetProperty("rates");
            Assert.Equal(
                having, combined.TryGetProperty(code, out var one) ? Keys(one.GetProperty("providers").EnumerateArray()) : "");
        }

        static string Keys(IEnumerable<JsonElement> keys) => string.Join(' ', keys.Select(key => key.GetString()).Order());

        static async Task<JsonElement> JsonOf(HttpResponseMessage answer) =>
            JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
    }

    [Fact]
    public async Task A_past_day_is_answered_from_the_history()
    {
        await using var api = new ApiFixture();

        var figure = (await api.JsonAsync("/v1/rates/USD/EUR?providers=ecb&date=2026-08-18&numbers=string")).GetProperty("providers")[0];

        Assert.Equal("2026-08-18", figure.GetProperty("asOf").GetString());
        Assert.Equal("0.8613264427", figure.GetProperty("rate").GetString());
        Assert.Equal(JsonValueKind.True, figure.GetProperty("derived").ValueKind);
    }

    [Fact]
    public async Task Two_witnesses_that_contradict_each_other_give_no_median_but_a_note()
    {
        var store = Sample.Store();
        store.Publish(Sample.BocSheet with { Observations = Sample.Figures(Sample.BocSheet.AsOf, "EUR/CAD 1.6095", "USD/CAD 1.2000") });
        await using var api = new ApiFixture(store);

        var statistics = (await api.JsonAsync("/v1/rates/EUR/USD?providers=ecb,boc")).GetProperty("statistics");

        Assert.False(statistics.TryGetProperty("median", out _));
        Assert.NotEmpty(statistics.GetProperty("note").GetString()!);
    }
}
