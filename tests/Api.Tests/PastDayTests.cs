using System.Net;
using Rates.Core;
using static Rates.Api.Tests.JsonText;

namespace Rates.Api.Tests;

/// <summary>Rates of a past day.</summary>
public sealed class PastDayTests
{
    [Fact]
    public async Task A_past_day_follows_the_rule_of_its_time_and_today_is_the_latest()
    {
        var store = Sample.Store();
        store.Add(Sample.Known("bbk", profile =>
            profile with { HistoryUntil = new(2026, 8, 14), Calendar = new() { Cadence = Cadence.None } }));
        store.Publish(Sample.Sheet("bbk", new(2026, 8, 14), Sample.Now, null, "EUR/USD 1.1605"));
        store.Remember("ecb", Sample.Figures(new(2026, 8, 14), "EUR/USD 1.1600"));
        await using var api = new ApiFixture(store);

        var inItsLife = (await api.JsonAsync("/v1/rates?quotes=USD&select=median&date=2026-08-14")).GetProperty("rates").GetProperty("USD");
        var later = (await api.JsonAsync("/v1/rates?quotes=USD&select=median&date=2026-08-18")).GetProperty("rates").GetProperty("USD");

        Assert.Equal(["bbk", "ecb"], Names(inItsLife.GetProperty("providers")));
        Assert.Equal(["ecb"], Names(later.GetProperty("providers")));
        foreach (var query in new[] { "select=each", "select=median", "select=first&providers=bbk,boc,ecb", "select=mean&providers=all" })
        {
            Assert.Equal(await api.TextAsync($"/v1/rates?{query}"), await api.TextAsync($"/v1/rates?{query}&date=2026-08-20"));
        }
    }

    [Fact]
    public async Task A_day_is_answered_by_the_newest_observation_on_or_before_it()
    {
        await using var api = new ApiFixture();

        var entry = (await api.JsonAsync("/v1/rates?quotes=USD&providers=ecb,boc&date=2026-08-19")).GetProperty("providers");
        var earlier = (await api.JsonAsync("/v1/rates?quotes=USD&providers=boc&date=2026-08-18")).GetProperty("providers")[0];
        var weekLater = (await api.JsonAsync("/v1/rates?quotes=USD&providers=ecb&date=2026-08-27")).GetProperty("providers")[0];

        Assert.Equal("2026-08-19", entry[0].GetProperty("asOf").GetString());
        Assert.Equal("1.1622", entry[0].GetProperty("rates").GetProperty("USD").GetRawText());
        Assert.Equal("2026-08-19", entry[1].GetProperty("asOf").GetString());
        Assert.Equal("nothing is stored of 2026-08-04 to 2026-08-18", earlier.GetProperty("reason").GetString());
        Assert.Equal("2026-08-20", weekLater.GetProperty("asOf").GetString());
    }

    [Fact]
    public async Task A_day_that_is_stored_is_newer_than_a_sheet_from_before_it()
    {
        var store = Sample.Store();
        store.Publish(Sample.Sheet("ecb", new(2026, 4, 13), Sample.Now, null, "EUR/USD 1.1684") with { Seeded = true });
        await using var api = new ApiFixture(store);

        var figure = (await api.JsonAsync("/v1/rates?quotes=USD&providers=ecb&date=2026-08-19")).GetProperty("providers")[0];
        var between = (await api.JsonAsync("/v1/rates?quotes=USD&providers=ecb&date=2026-04-17")).GetProperty("providers")[0];
        var policy = (await api.JsonAsync("/v1/rates?quotes=USD&policy=vat-eu&date=2026-08-19")).GetProperty("rates").GetProperty("USD");

        Assert.Equal(("2026-08-19", "1.1622"), (Text(figure, "asOf"), figure.GetProperty("rates").GetProperty("USD").GetRawText()));
        Assert.Equal(("2026-04-13", "stale"), (Text(between, "asOf"), Text(between, "status")));
        Assert.Equal(("2026-08-19", "1.1622"), (Text(policy, "newest"), policy.GetProperty("rate").GetRawText()));
    }

    [Fact]
    public async Task A_day_asked_for_again_is_not_read_again_until_the_sheet_changes()
    {
        await using var api = new ApiFixture();
        const string Address = "/v1/rates?quotes=USD&providers=ecb&date=2026-08-19";
        await api.TextAsync(Address);
        await api.TextAsync(Address + "&select=first");

        Assert.Single(api.Store.Calls, call => call == "history ecb");

        api.Store.Publish(Sample.EcbSheet);
        await api.RefreshAsync();
        await api.TextAsync(Address);

        Assert.Equal(2, api.Store.Calls.Count(call => call == "history ecb"));
    }

    [Fact]
    public async Task Past_days_are_503_while_the_store_is_down_and_the_latest_are_not()
    {
        await using var api = new ApiFixture();
        await api.TextAsync("/v1/rates");
        api.Store.IsDown = true;

        var problem = await api.ProblemAsync("/v1/rates?date=2026-08-19", HttpStatusCode.ServiceUnavailable);

        Assert.Contains("past", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await api.TextAsync("/v1/rates?quotes=GBP");
    }
}
