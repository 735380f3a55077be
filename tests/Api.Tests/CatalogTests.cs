using System.Net;

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
