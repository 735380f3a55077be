using System.Net;
using System.Text.Json;
using Rates.Core;
using static Rates.Api.Tests.JsonText;

namespace Rates.Api.Tests;

public sealed class RatesTests
{
    [Fact]
    public async Task Each_provider_answers_for_itself_and_one_that_cannot_says_why()
    {
        await using var api = new ApiFixture();

        var text = await api.TextAsync("/v1/rates?quotes=USD,GBP&providers=ecb,boc,google");

        Assert.Equal(
            """
            {"base":"EUR","select":"each","providers":[
            {"provider":"ecb","name":"European Central Bank","status":"fresh","asOf":"2026-08-20","fetchedAt":"2026-08-20T14:02:11Z",
            "nextExpectedAt":"2026-08-21T14:00:00Z","kind":"reference","rates":{"GBP":0.8654,"USD":1.1634}},
            {"provider":"boc","name":"Bank of Canada","status":"closed","asOf":"2026-08-19","fetchedAt":"2026-08-19T20:31:00Z",
            "nextExpectedAt":"2026-08-20T20:30:00Z","kind":"reference","rates":{"GBP":0.8652760604,"USD":1.163269731},
            "derived":["GBP","USD"]},
            {"provider":"google","name":"Google Finance","status":"missing","nextExpectedAt":"2026-08-20T17:00:00Z","kind":"last",
            "reason":"never fetched: connection refused","rates":{}}]}
            """.ReplaceLineEndings(""),
            text);
    }

    [Fact]
    public async Task The_answer_has_the_documented_shape()
    {
        await using var api = new ApiFixture();
        var strict = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        };

        var each = JsonSerializer.Deserialize<RatesAnswer>(await api.TextAsync("/v1/rates?quotes=USD,JPY&providers=all"), strict);
        var blended = JsonSerializer.Deserialize<BlendedRates>(await api.TextAsync("/v1/rates?select=median&providers=all"), strict);

        Assert.Equal(["boc", "ecb", "google"], each!.Providers.Select(provider => provider.Provider));
        Assert.Equal(["JPY"], each.Providers[0].NotCovered!);
        Assert.Equal(2, blended!.Rates["USD"].Count);
    }

    [Fact]
    public async Task Without_quotes_every_quote_but_the_base_is_answered()
    {
        await using var api = new ApiFixture();

        var rates = (await api.JsonAsync("/v1/rates?providers=ecb")).GetProperty("providers")[0].GetProperty("rates");

        Assert.Equal("""{"GBP":0.8654,"JPY":171.20,"USD":1.1634}""", rates.GetRawText());
    }

    [Fact]
    public async Task A_provider_without_the_base_says_so_beside_whatever_else_is_wrong()
    {
        var store = Sample.Store();
        store.Publish(Sample.EcbSheet with { Seeded = true });
        await using var api = new ApiFixture(store);

        var text = await api.TextAsync("/v1/rates?base=CAD&providers=ecb,boc");

        var ecb = JsonDocument.Parse(text).RootElement.GetProperty("providers")[0];
        Assert.Equal("""["CAD"]""", ecb.GetProperty("notCovered").GetRawText());
        Assert.Equal("{}", ecb.GetProperty("rates").GetRawText());
        Assert.Equal(text.IndexOf("\"reason\"", StringComparison.Ordinal), text.LastIndexOf("\"reason\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_shipped_sheet_has_no_instant_of_a_fetch()
    {
        var store = Sample.Store();
        store.Publish(Sample.EcbSheet with { Seeded = true });
        await using var api = new ApiFixture(store);

        foreach (var path in new[] { "/v1/rates?base=EUR&providers=ecb", "/v1/rates/EUR/USD?providers=ecb", "/v1/providers/ecb" })
        {
            var text = await api.TextAsync(path);
            Assert.Contains("not yet fetched here", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\"fetchedAt\"", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_retired_provider_expects_nothing_and_says_so()
    {
        var store = Sample.Store();
        var today = Sample.EcbSheet.AsOf;
        store.Add(Sample.Ecb with
        {
            Profile = Sample.Ecb.Profile with
            {
                Enabled = false,
                HistoryUntil = today.AddDays(-1),
                Note = "retired by anna; its history stays",
            },
        });
        await using var api = new ApiFixture(store);

        var provider = await api.JsonAsync("/v1/providers/ecb");

        Assert.Equal("retired", provider.GetProperty("status").GetString());
        Assert.StartsWith("retired: its last day was", provider.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.False(provider.TryGetProperty("nextExpectedAt", out _));
    }

    [Fact]
    public async Task Codes_are_read_in_either_case_and_doubles_count_once()
    {
        await using var api = new ApiFixture();

        var rates = (await api.JsonAsync("/v1/rates?base=eur&quotes=usd,USD,Gbp,%65ur&providers=ecb,ecb")).GetProperty("providers");

        Assert.Equal(1, rates.GetArrayLength());
        Assert.Equal("""{"EUR":1,"GBP":0.8654,"USD":1.1634}""", rates[0].GetProperty("rates").GetRawText());
    }

    [Fact]
    public async Task A_cross_has_ten_significant_digits_and_says_that_it_is_one()
    {
        await using var api = new ApiFixture();

        var entry = (await api.JsonAsync("/v1/rates?base=JPY&providers=ecb")).GetProperty("providers")[0];

        Assert.Equal("""{"EUR":0.005841121495,"GBP":0.005054906542,"USD":0.006795560748}""", entry.GetProperty("rates").GetRawText());
        Assert.Equal("""["EUR","GBP","USD"]""", entry.GetProperty("derived").GetRawText());
    }

    [Fact]
    public async Task Numbers_can_be_strings_with_the_same_digits()
    {
        await using var api = new ApiFixture();

        var each = (await api.JsonAsync("/v1/rates?quotes=JPY,USD&providers=ecb&numbers=string")).GetProperty("providers")[0];
        var median = (await api.JsonAsync("/v1/rates?quotes=JPY&providers=ecb&numbers=string&select=median")).GetProperty("rates");

        Assert.Equal("""{"JPY":"171.20","USD":"1.1634"}""", each.GetProperty("rates").GetRawText());
        Assert.Equal("171.20", median.GetProperty("JPY").GetProperty("rate").GetString());
    }

    [Fact]
    public async Task A_figure_of_an_older_day_names_its_day()
    {
        var store = Sample.Store();
        store.Publish(Sample.EcbSheet with
        {
            Observations = [.. Sample.Figures(Sample.Today, "EUR/USD 1.1634"),
                .. Sample.Figures(Sample.Today.AddDays(-6), "EUR/ISK 142.50")],
        });
        await using var api = new ApiFixture(store);

        var entry = (await api.JsonAsync("/v1/rates?providers=ecb")).GetProperty("providers")[0];

        Assert.Equal("""{"ISK":"2026-08-14"}""", entry.GetProperty("older").GetRawText());
        Assert.False((await api.JsonAsync("/v1/rates?providers=ecb&quotes=USD"))
            .GetProperty("providers")[0].TryGetProperty("older", out _));
    }

    [Fact]
    public async Task The_configured_list_answers_when_none_is_named_and_keeps_its_order()
    {
        await using var api = new ApiFixture(null, ("Rates:Api:DefaultProviders:0", "ecb"), ("Rates:Api:DefaultProviders:1", "nobody"),
            ("Rates:Api:DefaultProviders:2", "boc"));

        var providers = (await api.JsonAsync("/v1/rates?quotes=USD")).GetProperty("providers");

        Assert.Equal(["ecb", "nobody", "boc"], providers.EnumerateArray().Select(entry => entry.GetProperty("provider").GetString()!));
        Assert.Contains("no worker", providers[1].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_configured_list_may_be_one_text_with_commas()
    {
        await using var api = new ApiFixture(null, ("Rates:Api:DefaultProviders", "ecb, boc"));

        var providers = (await api.JsonAsync("/v1/rates?quotes=USD")).GetProperty("providers");

        Assert.Equal(["ecb", "boc"], providers.EnumerateArray().Select(entry => entry.GetProperty("provider").GetString()!));
    }

    [Fact]
    public async Task A_provider_that_is_not_fetched_is_listed_when_named_and_not_among_all()
    {
        await using var api = new ApiFixture();

        var named = (await api.JsonAsync("/v1/rates?providers=fixer,ecb&quotes=USD")).GetProperty("providers")[0];
        var all = await api.TextAsync("/v1/rates?providers=all");

        Assert.Equal("not fetched here: needs a key", named.GetProperty("reason").GetString());
        Assert.DoesNotContain("fixer", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figures_that_were_left_out_of_a_sheet_are_told_with_the_provider()
    {
        var store = Sample.Store();
        var health = new ProviderHealth
        {
            RefusedRows = 2,
            FirstRefusedRows = [new("2026-08-20 EUR/JPY 17.12 Reference", "scale EUR/JPY is a factor of 1/10")],
        };
        store.Add(Sample.Ecb with { Health = health });
        await using var api = new ApiFixture(store);

        var entry = (await api.JsonAsync("/v1/rates?quotes=USD&providers=ecb")).GetProperty("providers")[0];
        var told = (await api.JsonAsync("/v1/providers/ecb")).GetProperty("health");

        Assert.Equal("2 rows left out: 2026-08-20 EUR/JPY 17.12 Reference: scale EUR/JPY is a factor of 1/10", Text(entry, "reason"));
        Assert.Equal(2, told.GetProperty("refusedRows").GetInt32());
        Assert.Equal("scale EUR/JPY is a factor of 1/10", Text(told.GetProperty("firstRefusedRows")[0], "reason"));
    }

    [Fact]
    public async Task Before_the_store_answers_nobody_is_told_that_there_are_no_rates()
    {
        await using var api = new ApiFixture(new InMemoryRates { IsDown = true });
        foreach (var address in (string[])[
            "/v1/rates", "/v1/rates?providers=ecb", "/v1/rates?date=2026-01-01", "/v1/rates?policy=vat-eu",
            "/v1/rates?knownAt=2026-01-01T00:00:00Z&select=median&quotes=USD", "/v1/history?quotes=USD",
            "/v1/history?policy=vat-eu&quotes=USD", "/v1/rates/EUR/USD", "/v1/convert?from=EUR&to=USD", "/v1/providers",
            "/v1/providers/ecb", "/v1/currencies", "/v1/currencies/USD"])
        {
            var problem = await api.ProblemAsync(address, HttpStatusCode.ServiceUnavailable);
            Assert.Contains("The store of rates has not answered", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        foreach (var address in (string[])[
            "/frankfurter/v1/latest", "/frankfurter/v1/2026-01-05..", "/frankfurter/v1/currencies", "/frankfurter/v2/rates",
            "/frankfurter/v2/rate/EUR/USD", "/frankfurter/v2/currencies", "/frankfurter/v2/currency/USD", "/frankfurter/v2/providers",
            "/frankfurter/v2/providers/ECB", "/frankfurter/v2/providers/ECB/rates", "/oxr/api/latest.json",
            "/oxr/api/historical/2026-01-05.json", "/oxr/api/currencies.json", "/oxr/api/time-series.json?start=2026-01-05&end=2026-01-06",
            "/oxr/api/convert/1/EUR/USD", "/fixer/api/latest", "/fixer/api/2026-01-05", "/fixer/api/symbols",
            "/fixer/api/convert?from=EUR&to=USD&amount=1", "/fixer/api/timeseries?start_date=2026-01-05&end_date=2026-01-06",
            "/fixer/api/fluctuation?start_date=2026-01-05&end_date=2026-01-06", "/exchangeratesapi/latest", "/exchangeratesapi/v1/symbols",
            "/exchangeratesapi/history?start_at=2026-01-05&end_at=2026-01-06", "/exchangerate-host/latest", "/exchangerate-host/symbols",
            "/exchangerate-host/live", "/exchangerate-host/list", "/exchangerate-host/historical?date=2026-01-05",
            "/exchangerate-host/timeframe?start_date=2026-01-05&end_date=2026-01-06",
            "/exchangerate-host/change?start_date=2026-01-05&end_date=2026-01-06", "/currencyapi/v3/latest", "/currencyapi/v3/currencies",
            "/currencyapi/v3/historical?date=2026-01-05", "/currencyapi/v3/convert?value=1", "/ecb/eurofxref-daily.xml",
            "/currencyapi/v3/range?datetime_start=2026-01-05T00:00:00Z&datetime_end=2026-01-06T00:00:00Z", "/ecb/eurofxref.zip",
            "/providers", "/providers/ecb", "/currencies/USD", "/pair/EUR/USD", "/"])
        {
            using var away = await api.GetAsync(address);
            Assert.True(away.StatusCode == HttpStatusCode.ServiceUnavailable, $"{address}: {away.StatusCode}");
        }

        (string Operation, string Parameters)[] operations =
        [
            ("GetRates", ""), ("Convert", "<amount>1</amount><to>USD</to>"), ("GetHistory", "<provider>ecb</provider><quotes>USD</quotes>"),
            ("GetProviders", ""), ("GetCurrencies", ""),
        ];
        foreach (var (operation, parameters) in operations)
        {
            var fault = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => AnswerRows.SoapAsync(
                api, operation, "Rate", [("", parameters)]));
            Assert.Contains("The store of rates has not answered", fault.Message, StringComparison.Ordinal);
        }

        await using (var client = await AssistantTests.ClientAsync(api))
        {
            foreach (var (tool, given) in ((string, Dictionary<string, object?>)[])[
                ("list_providers", []), ("get_rates", []), ("get_pair", new() { ["base"] = "EUR", ["quote"] = "USD" }),
                ("convert", new() { ["to"] = "USD" }), ("get_history", new() { ["quotes"] = "USD" })])
            {
                var refused = await client.CallToolAsync(tool, given, cancellationToken: TestContext.Current.CancellationToken);
                Assert.True(refused.IsError);
                Assert.StartsWith("The store of rates has not answered", AssistantTests.TextOf(refused), StringComparison.Ordinal);
            }
        }

        using var ready = await api.GetAsync("/health/ready");
        var state = await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("copy on disk", state, StringComparison.Ordinal);

        api.Store.IsDown = false;
        await api.RefreshAsync();
        var none = await api.ProblemAsync("/v1/rates", HttpStatusCode.ServiceUnavailable);
        Assert.Contains("No rates have been published", none.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("[]", await api.TextAsync("/v1/providers"));
        Assert.Empty(await AnswerRows.SoapAsync(api, "GetProviders", "Provider", []));
        Assert.NotEmpty(await AnswerRows.SoapAsync(api, "GetCurrencies", "Currency", []));
    }

    [Fact]
    public async Task Before_the_first_sheet_there_is_503_with_retry_after()
    {
        await using var api = new ApiFixture(new InMemoryRates());

        using var response = await api.GetAsync("/v1/rates");

        await ApiFixture.ProblemIn(response, HttpStatusCode.ServiceUnavailable);
        Assert.Equal(TimeSpan.FromSeconds(2), response.Headers.RetryAfter?.Delta);
    }
}
