using System.Text.Json;

namespace Rates.Api.Tests;

/// <summary>What <c>/health/ready</c> says is wrong.</summary>
public sealed class HealthTests
{
    [Fact]
    public async Task A_ready_api_has_no_reasons_and_warns_of_each_late_provider()
    {
        await using var api = new ApiFixture();

        var ready = await api.JsonAsync("/health/ready");

        Assert.Equal("ready", ready.GetProperty("status").GetString());
        Assert.Empty(Texts(ready, "reasons"));
        Assert.Equal(["google: no rates yet: never fetched: connection refused"], Texts(ready, "warnings"));
    }

    [Fact]
    public async Task A_store_that_is_away_and_late_providers_are_named_as_reasons()
    {
        await using var api = new ApiFixture();
        await api.SettleAsync();
        api.Store.IsDown = true;
        await api.RefreshAsync();
        api.Time.Advance(TimeSpan.FromDays(7));
        await api.RefreshAsync();

        var degraded = await api.JsonAsync("/health/ready");

        Assert.Equal("degraded", degraded.GetProperty("status").GetString());
        Assert.Equal(
            [
                "the store has not answered since 2026-08-20T15:00:00Z; the last rates stay in use",
                "3 of the 3 providers that answer by default are late or have no rates",
            ],
            Texts(degraded, "reasons"));
        var ecb = Texts(degraded, "warnings").Single(text => text.StartsWith("ecb", StringComparison.Ordinal));
        Assert.Equal("ecb: 4 publications missed since 2026-08-20", ecb);
    }

    [Fact]
    public async Task An_api_without_rates_says_that_it_is_starting_and_why()
    {
        await using var api = new ApiFixture(new InMemoryRates { IsDown = true });

        using var starting = await api.GetAsync("/health/ready");
        var body = JsonDocument.Parse(await starting.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;

        Assert.Equal("starting", body.GetProperty("status").GetString());
        Assert.StartsWith("there are no rates yet", Texts(body, "reasons")[0], StringComparison.Ordinal);
    }

    private static string[] Texts(JsonElement answer, string member) =>
        [.. answer.GetProperty(member).EnumerateArray().Select(text => text.GetString()!)];
}
