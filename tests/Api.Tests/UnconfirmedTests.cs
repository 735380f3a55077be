using System.Text.Json;
using Rates.Core;
using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>A figure that nobody has confirmed is marked wherever it is answered, on its own day and no other.</summary>
public sealed class UnconfirmedTests : IAsyncLifetime
{
    private static readonly DateOnly Wrong = new(2026, 8, 18);
    private readonly ApiFixture _api = new(Store());

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("2026-08-20", false)]
    [InlineData("2026-08-19", false)]
    [InlineData("2026-08-18", true)]
    [InlineData("2026-08-17", false)]
    public async Task A_day_has_the_mark_of_its_own_figure(string day, bool isMarked)
    {
        var each = (await _api.JsonAsync($"/v1/rates?quotes=USD&providers=nbp&date={day}")).GetProperty("providers")[0];
        var pair = (await _api.JsonAsync($"/v1/rates/USD/EUR?providers=nbp&date={day}")).GetProperty("providers")[0];
        var converted = await _api.JsonAsync($"/v1/convert?from=EUR&to=USD&amount=1&providers=nbp&date={day}");

        Assert.Equal(isMarked, each.TryGetProperty("unconfirmed", out _));
        Assert.Equal(isMarked, IsMarked(pair));
        Assert.Equal(isMarked, IsMarked(converted));
        Assert.NotEqual("unconfirmed", converted.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_blend_of_a_past_day_leaves_out_what_is_unconfirmed_on_that_day_only()
    {
        Assert.Equal(["ecb"], await ProvidersAsync("2026-08-18"));
        Assert.Equal(["ecb", "nbp"], await ProvidersAsync("2026-08-19"));
        Assert.Equal(["ecb", "nbp"], await ProvidersAsync("2026-08-20"));

        async Task<IEnumerable<string>> ProvidersAsync(string day) =>
        [
            .. (await _api.JsonAsync($"/v1/rates?quotes=USD&providers=ecb,nbp&select=median&date={day}")).GetProperty("rates")
                .GetProperty("USD").GetProperty("providers").EnumerateArray().Select(provider => provider.GetString()!).Order(),
        ];
    }

    [Fact]
    public async Task A_history_names_the_unconfirmed_days_in_every_format()
    {
        const string Address = "/v1/history?quotes=USD&providers=nbp&from=2026-08-17&to=2026-08-20";

        var series = (await _api.JsonAsync(Address)).GetProperty("series")[0];
        var csv = (await _api.TextAsync(Address + "&format=csv")).TrimEnd().Split("\r\n");
        var lines = (await _api.TextAsync(Address + "&format=ndjson")).TrimEnd().Split('\n');
        var xml = await _api.TextAsync(Address + "&format=xml");
        var crossed = (await _api.JsonAsync(Address.Replace("quotes=USD", "base=USD&quotes=PLN"))).GetProperty("series")[0];
        var group = (await _api.JsonAsync(Address + "&group=week")).GetProperty("series")[0];

        Assert.Equal(["2026-08-18"], Days(series));
        Assert.Equal(["2026-08-18"], Days(crossed));
        Assert.True(IsMarked(group));
        Assert.Equal(["2026-08-18,nbp,EUR,USD,11.61,true,"], csv[1..].Where(line => line.EndsWith(",true,", StringComparison.Ordinal)));
        Assert.Contains("\"unconfirmed\":true", Assert.Single(lines, line => line.Contains("unconfirmed", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.Equal(1, xml.Split("unconfirmed=\"true\"").Length - 1);
        Assert.DoesNotContain(
            "unconfirmed", (await _api.JsonAsync(Address.Replace("08-17", "08-19"))).GetRawText(), StringComparison.Ordinal);

        static IEnumerable<string> Days(JsonElement one) =>
            one.GetProperty("unconfirmedDates").EnumerateArray().Select(day => day.GetString()!);
    }

    [Fact]
    public async Task What_was_unconfirmed_at_an_instant_is_answered_with_its_mark()
    {
        var before = await _api.JsonAsync("/v1/rates?quotes=USD&providers=nbp&date=2026-08-19&knownAt=2026-08-19T12:00:00Z");
        var after = await _api.JsonAsync("/v1/rates?quotes=USD&providers=nbp&date=2026-08-19&knownAt=2026-08-20T12:00:00Z");
        var revisions = (await _api.JsonAsync("/v1/history?quotes=USD&providers=nbp&from=2026-08-18&to=2026-08-19&revisions=true"))
            .GetProperty("series")[0];

        Assert.Equal("USD", before.GetProperty("providers")[0].GetProperty("unconfirmed")[0].GetString());
        Assert.False(after.GetProperty("providers")[0].TryGetProperty("unconfirmed", out _));
        Assert.Equal("2026-08-18", Assert.Single(revisions.GetProperty("unconfirmedDates").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task A_conversion_with_one_provider_has_its_status_and_the_mark_in_every_format()
    {
        const string Address = "/v1/convert?from=EUR&to=USD&amount=100&providers=nbp&date=2026-08-18";

        var json = await _api.JsonAsync(Address);
        var csv = (await _api.TextAsync(Address + "&format=csv")).TrimEnd().Split("\r\n");
        var xml = await _api.TextAsync(Address + "&format=xml");
        var ndjson = await _api.TextAsync(Address + "&format=ndjson");
        var each = (await _api.JsonAsync(Address + "&select=each")).GetProperty("conversions")[0];
        var blended = (await _api.JsonAsync(Address.Replace("convert?from=EUR&to=USD&amount=100", "rates?quotes=USD&select=first")))
            .GetProperty("rates").GetProperty("USD");
        var statistics = (await _api.JsonAsync("/v1/rates/EUR/USD?providers=nbp&date=2026-08-18")).GetProperty("statistics");

        Assert.Equal((1161m, true), (json.GetProperty("result").GetDecimal(), IsMarked(json)));
        Assert.Equal("true", csv[1].Split(',')[csv[0].Split(',').IndexOf("unconfirmed")]);
        Assert.Contains("unconfirmed=\"true\"", xml, StringComparison.Ordinal);
        Assert.Contains("\"unconfirmed\":true", ndjson, StringComparison.Ordinal);
        Assert.All([each, blended, statistics], answer => Assert.True(IsMarked(answer)));
        Assert.EndsWith(",true", (await _api.TextAsync("/v1/rates?quotes=USD&providers=nbp&date=2026-08-18&format=csv")).TrimEnd(),
            StringComparison.Ordinal);
        Assert.EndsWith(",true", (await _api.TextAsync("/v1/rates/EUR/USD?providers=nbp&date=2026-08-18&format=csv")).TrimEnd(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-08-18", "USD")]
    [InlineData("2026-08-19", null)]
    public async Task The_interface_of_another_service_names_the_currencies_in_a_header(string day, string? expected)
    {
        using var answer = await _api.GetAsync($"/frankfurter/v2/rates?base=EUR&quotes=USD,PLN&providers=nbp&date={day}");

        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(expected, answer.Headers.TryGetValues("Rates-Unconfirmed", out var marks) ? Assert.Single(marks) : null);
        Assert.Contains(
            "Rates-Unconfirmed", Assert.Single(answer.Headers.GetValues("Access-Control-Expose-Headers")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Soap_has_the_mark_in_a_member_of_its_own()
    {
        const string Envelope = "http://schemas.xmlsoap.org/soap/envelope/";
        using var content = new StringContent(
            $"<s:Envelope xmlns:s=\"{Envelope}\"><s:Body><GetRates xmlns=\"urn:rates:v1\"><base>EUR</base><quotes>USD</quotes>"
                + "<providers>nbp</providers><date>2026-08-18</date></GetRates></s:Body></s:Envelope>",
            System.Text.Encoding.UTF8, "text/xml");
        content.Headers.Add("SOAPAction", "\"urn:rates:v1/Rates/GetRates\"");

        using var response = await _api.CreateClient().PostAsync(
            new Uri("/soap/rates", UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Contains("Unconfirmed>true<", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_sheet_of_an_earlier_release_marks_all_figures_of_its_pairs()
    {
        const string Old = """
            {"provider":"nbp","asOf":"2026-08-20","fetchedAt":"2026-08-20T14:00:00+00:00","checkedAt":"2026-08-20T14:00:00+00:00",
            "unconfirmed":["EUR/USD"],"version":1,"epoch":"1-a","observations":[
            {"asOf":"2026-08-20","pair":"EUR/USD","rate":11.61,"kind":"reference"},
            {"asOf":"2026-08-20","pair":"EUR/PLN","rate":4.25,"kind":"reference"}]}
            """;
        const string Copy = """[{"stored":{"profile":{"key":"nbp","name":"NBP","calendar":{}},"health":{}},"sheet":""" + Old + "}]";

        var saved = JsonSerializer.Deserialize(Copy, DiskCopyJson.Default.SavedProviderArray)!;
        var again = JsonSerializer.Deserialize(
            JsonSerializer.Serialize(saved, DiskCopyJson.Default.SavedProviderArray), DiskCopyJson.Default.SavedProviderArray)!;

        Assert.Equal([true, false], saved[0].Sheet!.Observations.Select(figure => figure.IsUnconfirmed));
        Assert.Equal(saved[0].Sheet!.Observations, again[0].Sheet!.Observations);
    }

    /// <summary>Ten times too high on the 18th; the 19th was confirmed a day later.</summary>
    private static InMemoryRates Store()
    {
        var store = Sample.Store();
        store.Add(Sample.Known("nbp"));
        store.Publish(Sample.Sheet("nbp", Sample.Today, Sample.Now, null, "EUR/USD 1.1640", "EUR/PLN 4.25"));
        store.Remember("nbp",
        [
            .. Sample.Figures(new(2026, 8, 17), "EUR/USD 1.1600", "EUR/PLN 4.24"),
            .. Sample.Figures(Wrong, "EUR/USD 11.61", "EUR/PLN 4.24").Select(Marked),
        ]);
        var next = Wrong.AddDays(1);
        var figures = Sample.Figures(next, "EUR/PLN 4.24", "EUR/USD 1.1620");
        store.Remember("nbp", new StoredDay(next, new(2026, 8, 20, 10, 0, 0, TimeSpan.Zero), figures)
        {
            Revisions =
            [
                new(new(2026, 8, 19, 10, 0, 0, TimeSpan.Zero), [], [])
                {
                    Unconfirmed = [(CurrencyPair.Parse("EUR/USD"), RateKind.Reference)],
                },
            ],
        });
        return store;
    }

    private static Observation Marked(Observation figure) => figure with { IsUnconfirmed = figure.Pair.Quote == Currency.Usd };

    private static bool IsMarked(JsonElement answer) => answer.TryGetProperty("unconfirmed", out var mark) && mark.GetBoolean();
}
