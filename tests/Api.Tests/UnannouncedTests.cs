using System.Text.Json;
using Rates.Core;

namespace Rates.Api.Tests;

/// <summary>Figures that are there before a worker has described their provider, as in the first second of a first start.</summary>
public sealed class UnannouncedTests
{
    private const string Reason = "no worker has described it yet";

    private static readonly DateOnly Earlier = new(2026, 8, 18);

    [Fact]
    public async Task A_blend_leaves_them_out_with_the_reason_until_the_provider_is_described()
    {
        await using var without = new ApiFixture();
        await using var api = new ApiFixture(Store());
        foreach (var address in new[]
        {
            "/v1/rates?quotes=USD&select=median", "/v1/rates?quotes=USD&select=mean&providers=all",
            $"/v1/rates?quotes=USD&select=median&date={Earlier:yyyy-MM-dd}", "/v1/rates/EUR/USD", "/v1/convert?from=EUR&to=USD&amount=1",
        })
        {
            var (expected, text) = (await without.TextAsync(address), await api.TextAsync(address));
            Assert.Equal(RatesOf(expected), RatesOf(text));
            Assert.Equal(!address.Contains("convert", StringComparison.Ordinal), text.Contains(Reason, StringComparison.Ordinal));
        }

        Assert.Equal("1.1700", await NamedAsync(api));

        api.Store.Add(Sample.Known("un", profile => profile with { Calendar = new() { Cadence = Cadence.Monthly } }));
        await api.RefreshAsync();
        Assert.Equal(["boc", "ecb"], await UsedAsync(api));

        api.Store.Add(Sample.Known("un"));
        await api.RefreshAsync();
        Assert.Equal(["boc", "ecb", "un"], await UsedAsync(api));
    }

    [Fact]
    public async Task Nothing_is_said_that_nobody_knows()
    {
        await using var api = new ApiFixture(Store());

        var each = (await api.JsonAsync("/v1/rates?quotes=USD&providers=un")).GetProperty("providers")[0];
        var provider = await api.JsonAsync("/v1/providers/un");
        await using var client = await AssistantTests.ClientAsync(api);
        var told = await AssistantTests.CallAsync(client, "get_rates", ("quotes", "USD"), ("providers", "un"));

        foreach (var answer in new[] { each, provider })
        {
            Assert.Equal(Reason, answer.GetProperty("reason").GetString());
            Assert.False(answer.TryGetProperty("nextExpectedAt", out _));
        }

        Assert.Equal("not known yet; ask the provider", told.GetProperty("sources")[0].GetProperty("terms").GetString());
    }

    [Fact]
    public async Task Shipped_figures_come_with_what_the_machine_knows_of_their_providers()
    {
        var un = Sample.Known("un", profile => profile with { Calendar = new() { Cadence = Cadence.Monthly } });
        await using var api = new ApiFixture(new InMemoryRates { IsDown = true })
        {
            Change = services => services.AddSingleton(
                new ShippedSheets([Sheet("un", "1.1700") with { Seeded = true }, Sheet("bank", "1.1650") with { Seeded = true }])
                {
                    Profiles = new Dictionary<string, ProviderProfile> { ["un"] = un.Profile, ["bank"] = Sample.Known("bank").Profile },
                }),
        };

        Assert.Equal(["bank"], await UsedAsync(api));
        Assert.Equal("1.1700", await NamedAsync(api));
        Assert.Equal("monthly", (await api.JsonAsync("/v1/providers/un")).GetProperty("calendar").GetProperty("cadence").GetString());
    }

    [Fact]
    public void A_copy_on_disk_does_not_make_a_description_of_the_defaults()
    {
        SavedProvider[] saved = [new(StoreChangeReader.Unannounced("un"), Sheet("un", "1.1700"))];

        var json = JsonSerializer.Serialize(saved, DiskCopyJson.Default.SavedProviderArray);

        Assert.False(JsonSerializer.Deserialize(json, DiskCopyJson.Default.SavedProviderArray)![0].Stored.IsAnnounced);
    }

    private static InMemoryRates Store()
    {
        var store = Sample.Store();
        store.Publish(Sheet("un", "1.1700"));
        store.Remember("un", Sample.Figures(Earlier, "EUR/USD 1.1690"));
        return store;
    }

    private static RateSheet Sheet(string provider, string figure) =>
        Sample.Sheet(provider, Sample.Today, Sample.Now, null, $"EUR/USD {figure}");

    private static async Task<IEnumerable<string>> UsedAsync(ApiFixture api) =>
        [.. (await UsdAsync(api, "")).GetProperty("providers").EnumerateArray().Select(provider => provider.GetString()!).Order()];

    private static async Task<string> NamedAsync(ApiFixture api) => (await UsdAsync(api, "&providers=un")).GetProperty("rate").GetRawText();

    private static async Task<JsonElement> UsdAsync(ApiFixture api, string more) =>
        (await api.JsonAsync($"/v1/rates?quotes=USD&select=median{more}")).GetProperty("rates").GetProperty("USD");

    // Every combined figure of an answer.
    private static string RatesOf(string answer)
    {
        var root = JsonDocument.Parse(answer).RootElement;
        var statistics = root.TryGetProperty("statistics", out var all) ? all : root;
        var parts = new[] { "result", "median", "mean", "consensus", "min", "max" }
            .Where(name => statistics.TryGetProperty(name, out _)).Select(name => statistics.GetProperty(name))
            .Select(part => part.ValueKind == JsonValueKind.Object ? part.GetProperty("rate") : part).Select(figure => figure.GetRawText());
        var usd = root.TryGetProperty("rates", out var rates) ? rates.GetProperty("USD").GetProperty("rate").GetRawText() : "";
        var figures = $"{usd}{string.Concat(parts)}";
        Assert.NotEmpty(figures);
        return figures;
    }
}
