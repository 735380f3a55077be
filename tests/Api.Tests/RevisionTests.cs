using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Rates.Core;
using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>Figures that were corrected, and what was known before.</summary>
public sealed class RevisionTests : IAsyncLifetime
{
    private static readonly DateOnly Day = new(2026, 8, 18);
    private static readonly DateTimeOffset First = new(2026, 8, 18, 14, 2, 11, 250, TimeSpan.Zero);
    private static readonly DateTimeOffset Corrected = new(2026, 8, 19, 9, 30, 0, TimeSpan.Zero);
    private const string Range = "from=2026-08-18&to=2026-08-19&providers=ecb";

    private readonly ApiFixture _api;

    public RevisionTests()
    {
        var store = Sample.Store();
        var dollar = CurrencyPair.Parse("EUR/USD");

        // The dollar was corrected, and the Swiss franc came with the correction; the pound stayed.
        store.Remember("ecb", new StoredDay(Day, Corrected, Sample.Figures(Day, "EUR/CHF 0.9412", "EUR/GBP 0.8640", "EUR/USD 1.1610"))
        {
            Revisions =
            [
                new(First, [new(Day, dollar, 1.6110m, RateKind.Reference)], [(CurrencyPair.Parse("EUR/CHF"), RateKind.Reference)]),
            ],
        });
        _api = new(store);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_history_lists_the_figures_that_were_replaced()
    {
        var series = await SeriesAsync($"/v1/history?quotes=USD,GBP,CHF&{Range}&revisions=true");

        Assert.Equal(
            """{"provider":"ecb","quote":"USD","derived":false,"dates":["2026-08-18","2026-08-19"],"rates":[1.1610,1.1622],"""
            + "\"knownFrom\":[\"2026-08-19T09:30:00Z\",\"2026-08-19T23:59:00Z\"],"
            + "\"revisions\":[{\"date\":\"2026-08-18\",\"rate\":1.6110,"
            + """ "knownFrom":"2026-08-18T14:02:11.25Z","knownUntil":"2026-08-19T09:30:00Z"}]}""".TrimStart(),
            series["USD"].GetRawText());
        Assert.Equal("2026-08-18T14:02:11.25Z", series["GBP"].GetProperty("knownFrom")[0].GetString());
        Assert.Empty(series["GBP"].GetProperty("revisions").EnumerateArray());
        Assert.Equal("2026-08-19T09:30:00Z", series["CHF"].GetProperty("knownFrom")[0].GetString());
        Assert.Empty(series["CHF"].GetProperty("revisions").EnumerateArray());
    }

    [Fact]
    public async Task A_cross_is_revised_with_its_legs()
    {
        var series = await SeriesAsync($"/v1/history?base=GBP&quotes=USD&{Range}&revisions=true");

        var revision = Assert.Single(series["USD"].GetProperty("revisions").EnumerateArray());
        Assert.True(series["USD"].GetProperty("derived").GetBoolean());
        Assert.Equal(
            (1.34375m, 1.864583333m), (series["USD"].GetProperty("rates")[0].GetDecimal(), revision.GetProperty("rate").GetDecimal()));
    }

    [Fact]
    public async Task Every_format_lists_the_same_revisions()
    {
        const string Address = $"/v1/history?quotes=USD&{Range}&revisions=true";

        Assert.Equal(
            "date,provider,base,quote,rate,knownFrom,knownUntil,unconfirmed,note\r\n"
            + "2026-08-18,ecb,EUR,USD,1.1610,2026-08-19T09:30:00Z,,,\r\n"
            + "2026-08-18,ecb,EUR,USD,1.6110,2026-08-18T14:02:11.25Z,2026-08-19T09:30:00Z,,\r\n"
            + "2026-08-19,ecb,EUR,USD,1.1622,2026-08-19T23:59:00Z,,,\r\n",
            await _api.TextAsync(Address + "&format=csv"));
        var lines = (await _api.TextAsync(Address + "&format=ndjson")).TrimEnd().Split('\n');
        Assert.Equal(
            """{"date":"2026-08-18","provider":"ecb","base":"EUR","quote":"USD","rate":1.6110,"knownFrom":"2026-08-18T14:02:11.25Z","""
            + """ "knownUntil":"2026-08-19T09:30:00Z"}""".TrimStart(), lines[1]);
        Assert.Equal(3, lines.Length);
        var xml = await _api.TextAsync(Address + "&format=xml");
        Assert.Contains("rate=\"1.6110\"", xml, StringComparison.Ordinal);
        Assert.Contains("knownUntil=\"2026-08-19T09:30:00Z\"", xml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-08-18T14:02:11Z", "", "")]
    [InlineData("2026-08-18T14:02:11.25Z", "1.6110", "")]
    [InlineData("2026-08-18T16:02:12+02:00", "1.6110", "")]
    [InlineData("2026-08-19T09:29:59Z", "1.6110", "")]
    [InlineData("2026-08-19T09:30:00Z", "1.1610", "0.9412")]
    [InlineData("2100-01-01T00:00Z", "1.1610", "0.9412")]
    public async Task A_history_is_answered_as_it_was_known(string knownAt, string dollar, string franc)
    {
        var series = await SeriesAsync($"/v1/history?quotes=USD,CHF&from=2026-08-18&to=2026-08-18&providers=ecb&knownAt={knownAt}");

        Assert.Equal(dollar, series.TryGetValue("USD", out var usd) ? usd.GetProperty("rates")[0].GetRawText() : "");
        Assert.Equal(franc, series.TryGetValue("CHF", out var chf) ? chf.GetProperty("rates")[0].GetRawText() : "");
    }

    [Theory]
    [InlineData("date=2026-08-18&knownAt=2026-08-19T09:29:59Z", "1.6110", "2026-08-18")]
    [InlineData("date=2026-08-18&knownAt=2026-08-19T09:30:00Z", "1.1610", "2026-08-18")]
    [InlineData("knownAt=2026-08-18T20:00:00Z", "1.6110", "2026-08-18")]
    [InlineData("knownAt=2026-08-19T23:59:00Z", "1.1622", "2026-08-19")]
    [InlineData("knownAt=2100-01-01T00:00:00Z", "1.1634", "2026-08-20")]
    public async Task Rates_are_answered_as_they_were_known(string query, string dollar, string day)
    {
        var provider = (await _api.JsonAsync($"/v1/rates?quotes=USD&providers=ecb&{query}")).GetProperty("providers")[0];

        Assert.Equal(dollar, provider.GetProperty("rates").GetProperty("USD").GetRawText());
        Assert.Equal(day, provider.GetProperty("asOf").GetString());
    }

    [Theory]
    [InlineData("date=2026-08-18&knownAt=2026-08-19T09:29:59Z", "1.6110", "2026-08-18")]
    [InlineData("date=2026-08-18&knownAt=2026-08-19T09:30:00Z", "1.1610", "2026-08-18")]
    [InlineData("knownAt=2026-08-18T20:00:00Z", "1.6110", "2026-08-18")]
    [InlineData("knownAt=2026-08-19T23:59:00Z", "1.1622", "2026-08-19")]
    public async Task A_pair_and_conversions_are_answered_as_they_were_known(string query, string dollar, string day)
    {
        var figure = (await _api.JsonAsync($"/v1/rates/EUR/USD?providers=ecb&{query}")).GetProperty("providers")[0];
        var one = await _api.JsonAsync($"/v1/convert?from=EUR&to=USD&providers=ecb&{query}");
        var each = (await _api.JsonAsync($"/v1/convert?from=EUR&to=USD&providers=ecb&select=each&{query}")).GetProperty("conversions")[0];
        using var response = await _api.CreateClient().PostAsync(
            $"/v1/convert?{query}", new StringContent(
                """[{"amount":1,"from":"EUR","to":"USD","provider":"ecb"}]""", new MediaTypeHeaderValue("application/json")),
            TestContext.Current.CancellationToken);
        var row = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement[0];

        Assert.All(
            [figure, one, each, row],
            answer => Assert.Equal((dollar, day), (answer.GetProperty("rate").GetRawText(), answer.GetProperty("asOf").GetString())));
    }

    [Fact]
    public async Task Rows_of_one_instant_read_each_provider_and_day_once()
    {
        _ = _api.Services;
        await _api.SettleAsync();
        const string Row = """{"amount":1,"from":"EUR","to":"USD","provider":"ecb"}""";

        using var response = await _api.CreateClient().PostAsync(
            "/v1/convert?date=2026-08-18&knownAt=2026-08-18T20:00:00Z",
            new StringContent($"[{Row},{Row},{Row}]", new MediaTypeHeaderValue("application/json")), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Single(_api.Store.Calls, call => call == "history ecb");
    }

    [Fact]
    public async Task A_blend_is_made_of_what_was_known()
    {
        var answer = await _api.JsonAsync("/v1/rates?quotes=USD&providers=ecb&select=median&date=2026-08-18&knownAt=2026-08-18T20:00:00Z");

        Assert.Contains("1.6110", answer.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/history?knownAt=2026-08-18", "knownAt: '2026-08-18' is not an instant")]
    [InlineData("/v1/rates?knownAt=2026-08-18T10:00:00", "knownAt: '2026-08-18T10:00:00' is not an instant")]
    [InlineData("/v1/history?revisions=yes", "revisions: 'yes' is not one of true, false")]
    [InlineData("/v1/history?revisions=true&group=week", "revisions: cannot be answered together with group")]
    [InlineData("/v1/history?revisions=true&from=1999-01-01&providers=all", "ask for less at once")]
    public async Task What_cannot_be_answered_is_named(string address, string why)
    {
        var problem = await _api.ProblemAsync(address, HttpStatusCode.BadRequest);

        Assert.Contains(why, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private async Task<Dictionary<string, JsonElement>> SeriesAsync(string address) =>
        (await _api.JsonAsync(address)).GetProperty("series").EnumerateArray()
            .ToDictionary(series => series.GetProperty("quote").GetString()!);
}
