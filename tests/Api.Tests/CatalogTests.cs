using System.Net;
using static Rates.Api.Tests.JsonText;

namespace Rates.Api.Tests;

public sealed class CatalogTests
{
    [Fact]
    public async Task Rows_that_could_not_be_read_are_told()
    {
        await using var api = new ApiFixture();
        api.Store.Add(Sample.Ecb with { Health = new() { OddRows = 2, FirstOddRows = [new("row 12", "'-' is no number")] } });
        await api.RefreshAsync();

        var health = (await api.JsonAsync("/v1/providers/ecb")).GetProperty("health");

        Assert.Equal(2, health.GetProperty("oddRows").GetInt32());
        Assert.Equal("""[{"place":"row 12","reason":"'-' is no number"}]""", health.GetProperty("firstOddRows").GetRawText());
        Assert.Equal(0, (await api.JsonAsync("/v1/providers/boc")).GetProperty("health").GetProperty("oddRows").GetInt32());
    }

    [Fact]
    public async Task Every_provider_is_listed_with_how_it_stands()
    {
        await using var api = new ApiFixture();

        var providers = (await api.JsonAsync("/v1/providers")).EnumerateArray()
            .ToDictionary(provider => provider.GetProperty("key").GetString()!);

        Assert.Equal(["boc", "ecb", "fixer", "google"], providers.Keys.Order());
        Assert.Equal("fresh", providers["ecb"].GetProperty("status").GetString());
        Assert.Equal("needs a key", providers["fixer"].GetProperty("note").GetString());
        Assert.True(providers["fixer"].GetProperty("needsKey").GetBoolean());
        Assert.Equal(3, providers["google"].GetProperty("health").GetProperty("failures").GetInt32());
    }

    [Fact]
    public async Task One_provider_is_shown_with_schedule_calendar_terms_and_coverage()
    {
        await using var api = new ApiFixture();

        var ecb = await api.JsonAsync("/v1/providers/ecb");

        Assert.Equal("""{"cadence":"daily","days":"MON-FRI","at":"16:00","zone":"Europe/Berlin","holidays":"TARGET"}""",
            ecb.GetProperty("calendar").GetRawText());
        Assert.Equal("Europe/Berlin", ecb.GetProperty("schedule").GetProperty("zone").GetString());
        Assert.StartsWith("https://www.ecb.europa.eu/", ecb.GetProperty("terms").GetString(), StringComparison.Ordinal);
        Assert.Equal(["EUR", "GBP", "JPY", "USD"], ecb.GetProperty("currencies").EnumerateArray().Select(code => code.GetString()!));
    }

    [Fact]
    public async Task One_provider_tells_what_it_publishes_and_the_days_of_each_currency()
    {
        await using var api = new ApiFixture();
        api.Store.Remember("ecb", Sample.Figures(new(1999, 1, 4), "EUR/USD 1.1789", "EUR/GRD 327.15"));
        api.Store.Remember("ecb", Sample.Figures(new(2000, 12, 29), "EUR/GRD 340.75"));

        var ecb = await api.JsonAsync("/v1/providers/ecb");
        var listed = (await api.JsonAsync("/v1/providers")).EnumerateArray().Single(one => Text(one, "key") == "ecb");

        Assert.Equal(
            ["EUR 1999-01-04 2026-08-20", "GBP 2026-08-18 2026-08-20", "GRD 1999-01-04 2000-12-29", "JPY 2026-08-20 2026-08-20",
                "USD 1999-01-04 2026-08-20"],
            ecb.GetProperty("coverage").EnumerateArray()
                .Select(days => $"{Text(days, "code")} {Text(days, "first")} {Text(days, "last")}"));
        Assert.Equal(
            ("ecb", "Source: European Central Bank", "1 EUR = x foreign", "reference", 35),
            (Text(ecb, "institution"), Text(ecb, "attribution"), Text(ecb, "direction"), Text(ecb, "category"),
                ecb.GetProperty("recordedAnswers").GetInt32()));
        Assert.False(listed.TryGetProperty("coverage", out _));
        Assert.Equal("the euro foreign exchange reference rates", Text(listed, "publishes"));
    }

    [Fact]
    public async Task The_days_of_a_currency_follow_what_is_stored()
    {
        await using var api = new ApiFixture();
        api.Store.HistoryRevision = 1;
        await api.JsonAsync("/v1/providers/ecb");

        api.Store.Remember("ecb", Sample.Figures(new(2001, 3, 1), "EUR/USD 0.9"));
        api.Store.HistoryRevision = 2;
        api.Time.Advance(TimeSpan.FromSeconds(6));

        var dollar = (await api.JsonAsync("/v1/providers/ecb")).GetProperty("coverage").EnumerateArray()
            .Single(days => Text(days, "code") == "USD");
        Assert.Equal("2001-03-01", Text(dollar, "first"));
    }

    [Fact]
    public async Task Without_its_store_a_provider_is_told_without_the_days()
    {
        await using var api = new ApiFixture();
        await api.JsonAsync("/v1/providers");
        api.Store.IsDown = true;

        var ecb = await api.JsonAsync("/v1/providers/ecb");

        Assert.False(ecb.TryGetProperty("coverage", out _));
        Assert.Equal("ecb", Text(ecb, "key"));
    }

    [Fact]
    public async Task A_currency_names_who_answers_in_it()
    {
        await using var api = new ApiFixture();

        var yen = await api.JsonAsync("/v1/currencies/jpy");
        var retired = await api.JsonAsync("/v1/currencies/DEM");
        var asset = await api.JsonAsync("/v1/currencies/btc");

        Assert.Equal(["ecb"], yen.GetProperty("providers").EnumerateArray().Select(key => key.GetString()!));
        Assert.Equal(0, yen.GetProperty("minorDigits").GetInt32());
        Assert.Equal("EUR", retired.GetProperty("successor").GetString());
        Assert.Equal(("currency", "crypto"), (yen.GetProperty("kind").GetString(), asset.GetProperty("kind").GetString()));
        Assert.Equal((8, "2009-01-03"), (asset.GetProperty("minorDigits").GetInt32(), asset.GetProperty("born").GetString()));
    }

    [Fact]
    public async Task Liveness_does_not_depend_on_rates_and_readiness_does()
    {
        await using var api = new ApiFixture(new InMemoryRates { IsDown = true });

        Assert.Equal("""{"status":"live"}""", await api.TextAsync("/health/live"));
        using var starting = await api.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, starting.StatusCode);

        await using var sound = new ApiFixture();
        var ready = await sound.JsonAsync("/health/ready");
        Assert.Equal("ready", ready.GetProperty("status").GetString());
        Assert.Equal("""{"closed":1,"fresh":1,"missing":2}""", ready.GetProperty("byStatus").GetRawText());

        sound.Store.IsDown = true;
        await sound.RefreshAsync();
        var degraded = await sound.JsonAsync("/health/ready");
        Assert.Equal("degraded", degraded.GetProperty("status").GetString());
        Assert.Equal("down", degraded.GetProperty("store").GetString());
    }
}
