using static Rates.Api.Tests.JsonText;

namespace Rates.Api.Tests;

/// <summary>Days after the newest figure, and days to come.</summary>
public sealed partial class FilledHistoryTests
{
    [Theory]
    [InlineData("")]
    [InlineData("&filled=true")]
    [InlineData("&revisions=true")]
    [InlineData("&select=median")]
    [InlineData("&select=median&filled=true")]
    public async Task No_figure_of_a_day_that_the_rates_refuse_is_answered(string query)
    {
        var store = Store();
        store.Remember("ecb", [
            .. Sample.Figures(new(2026, 8, 27), "EUR/USD 1.27"), .. Sample.Figures(new(2026, 8, 28), "EUR/USD 1.28")]);
        await using var api = new ApiFixture(store);

        var series = (await api.JsonAsync($"/v1/history?quotes=USD&providers=ecb&from=2026-08-19&to=2027-01-31{query}"))
            .GetProperty("series")[0];

        Assert.All(Names(series.GetProperty("dates")), day => Assert.True(string.CompareOrdinal(day, "2026-08-28") < 0, day));
        await api.ProblemAsync("/v1/rates?quotes=USD&providers=ecb&date=2026-08-28", System.Net.HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("providers=ecb")]
    [InlineData("providers=ecb&select=median")]
    [InlineData("providers=ecb&knownAt=2026-08-19T20:00:00Z")]
    [InlineData("policy=vat-eu")]
    public async Task Days_are_filled_as_far_ahead_as_rates_are_answered(string query)
    {
        await using var api = new ApiFixture(Store());

        var dates = Names((await api.JsonAsync($"/v1/history?quotes=USD&{query}&from=2026-08-19&to=2026-12-31&filled=true"))
            .GetProperty("series")[0].GetProperty("dates"));

        Assert.Equal(Days("2026-08-19", 9), dates);
        await api.JsonAsync($"/v1/rates?quotes=USD&{query}&date=2026-08-27");
        await api.ProblemAsync($"/v1/rates?quotes=USD&{query}&date=2026-08-28", System.Net.HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("providers=ecb", "stale: a publication that was due is missing; its newest figure is of 2026-07-15",
        "frozen: five or more publications were missed; its newest figure is of 2026-07-15")]
    [InlineData("policy=vat-eu", "the newest figure is of 2026-07-15, too old for 2026-07-21",
        "the newest figure is of 2026-07-15, too old for 2026-08-20")]
    public async Task After_the_newest_sheet_each_day_is_filled_from_it_and_marked(string query, string first, string last)
    {
        var store = new InMemoryRates();
        store.Add(Sample.Ecb);
        store.Publish(Sample.Sheet("ecb", new(2026, 7, 15), new(2026, 7, 15, 14, 0, 0, TimeSpan.Zero), null, "EUR/USD 1.15"));
        await using var api = new ApiFixture(store);
        var address = $"/v1/history?quotes=USD&{query}&from=2026-07-15&to=2026-08-20&filled=true";

        var series = (await api.JsonAsync(address)).GetProperty("series")[0];
        var notes = HistoryNotes.Of(series);

        Assert.Equal(Days("2026-07-15", 37), Names(series.GetProperty("dates")));
        Assert.All(Names(series.GetProperty("asOf")), day => Assert.Equal("2026-07-15", day));
        Assert.Contains(("2026-07-21", first), notes);
        Assert.Equal(("2026-08-20", last), notes[^1]);
        foreach (var format in new[] { "csv", "ndjson", "xml" })
        {
            var rows = await AnswerRows.OfAsync(api, address, format);
            Assert.Equal(37, rows.Count);
            Assert.Equal(
                notes, rows.Where(row => row.GetValueOrDefault("note") is { Length: > 0 }).Select(row => (row["date"], row["note"])));
        }

        var soap = await AnswerRows.SoapAsync(
            api, "GetHistory", "Rate",
            [
                ("provider", query == "providers=ecb" ? "ecb" : ""), ("quotes", "USD"), ("from", "2026-07-15"), ("to", "2026-08-20"),
                ("policy", query == "policy=vat-eu" ? "vat-eu" : ""), ("filled", "true"),
            ]);
        Assert.Equal(
            notes, soap.Where(row => row.GetValueOrDefault("note") is { Length: > 0 }).Select(row => (row["date"], row["note"])));
    }
}
