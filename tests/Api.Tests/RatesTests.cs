using System.Net;
using System.Text.Json;
using Rates.Core;
using Rates.Store;

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

    [Theory]
    [InlineData("first", "1.1634")]
    [InlineData("median", "1.163334864")]
    [InlineData("mean", "1.163334866")]
    [InlineData("consensus", "1.163334864")]
    public async Task Providers_are_combined(string select, string expected)
    {
        await using var api = new ApiFixture();

        var answer = await api.JsonAsync($"/v1/rates?quotes=USD&providers=ecb,boc,google&select={select}");

        var rate = answer.GetProperty("rates").GetProperty("USD");
        Assert.Equal(expected, rate.GetProperty("rate").GetRawText());
        Assert.Equal(select == "first" ? 1 : 2, rate.GetProperty("count").GetInt32());
        Assert.Equal("google", answer.GetProperty("absent")[0].GetProperty("provider").GetString());
    }

    [Fact]
    public async Task Unless_configured_the_shipped_defaults_answer_each_and_first_and_every_eligible_provider_a_median()
    {
        var store = Sample.Store();
        store.Add(Known("nbp"));
        store.Publish(Sample.Sheet("nbp", Sample.Today, Sample.Now, null, "EUR/USD 1.1640", "EUR/PLN 4.25"));
        store.Add(Known("zzz"));
        store.Publish(Sample.Sheet("zzz", Sample.Today, Sample.Now, null, "EUR/USD 1.1650", "EUR/PLN 4.26"));
        await using var api = new ApiFixture(store, ("Rates:Api:DefaultProviders", ""));

        var each = await api.JsonAsync("/v1/rates?quotes=USD");
        var first = await api.JsonAsync("/v1/rates?quotes=PLN&select=first");
        var median = await api.JsonAsync("/v1/rates?quotes=PLN&select=median");

        Assert.Equal(["ecb", "nbp", "boc"], each.GetProperty("providers").EnumerateArray()
            .Select(entry => entry.GetProperty("provider").GetString()!));
        Assert.Equal(["nbp"], Names(first.GetProperty("rates").GetProperty("PLN").GetProperty("providers")));
        Assert.Equal(["nbp", "zzz"], Names(median.GetProperty("rates").GetProperty("PLN").GetProperty("providers")));
    }

    [Fact]
    public async Task A_blend_uses_daily_reference_and_market_figures_unless_others_are_named()
    {
        var store = Sample.Store();
        store.Add(Known("hmrc", profile =>
            profile with { Category = ProviderCategory.Compliance, Calendar = new() { Cadence = Cadence.Monthly } }));
        store.Publish(Sample.Sheet("hmrc", new(2026, 8, 1), Sample.Now, null, "EUR/USD 1.1500", "EUR/GBP 0.87"));
        store.Add(Known("bbk", profile => profile with { HistoryUntil = new(1998, 12, 30), Calendar = new() { Cadence = Cadence.None } }));
        store.Publish(Sample.Sheet("bbk", new(1998, 12, 30), Sample.Now, null, "EUR/USD 1.1700", "EUR/GBP 0.7"));
        await using var api = new ApiFixture(store);

        var usual = (await api.JsonAsync("/v1/rates?quotes=USD&select=mean")).GetProperty("rates").GetProperty("USD");
        var all = await api.JsonAsync("/v1/rates?quotes=USD&select=mean&providers=all");
        var named = (await api.JsonAsync("/v1/rates?quotes=USD&select=mean&providers=hmrc,ecb,bbk")).GetProperty("rates")
            .GetProperty("USD");
        var retired = await api.JsonAsync("/v1/rates?quotes=USD&select=first&providers=bbk");

        Assert.Equal(["boc", "ecb"], Names(usual.GetProperty("providers")));
        Assert.Equal(("2026-08-20", "2026-08-19", "fresh"), (Text(usual, "newest"), Text(usual, "oldest"), Text(usual, "status")));
        Assert.Equal(["boc", "ecb"], Names(all.GetProperty("rates").GetProperty("USD").GetProperty("providers")));
        Assert.Equal(
            [
                ("bbk", "retired", "retired: its last day was 1998-12-30"), ("google", "missing", "never fetched: connection refused"),
                ("hmrc", "closed", "compliance figures are used only when their provider is named"),
            ],
            all.GetProperty("absent").EnumerateArray().Select(one => (Text(one, "provider"), Text(one, "status"), Text(one, "reason"))));
        Assert.Equal(["hmrc", "ecb"], Names(named.GetProperty("providers")));
        Assert.Equal("stale", Text(retired.GetProperty("rates").GetProperty("USD"), "status"));
        Assert.Equal("the newest figure is of 1998-12-30, too old for 2026-08-20",
            Text(retired.GetProperty("rates").GetProperty("USD"), "note"));
    }

    [Fact]
    public async Task A_past_day_follows_the_rule_of_its_time_and_today_is_the_latest()
    {
        var store = Sample.Store();
        store.Add(Known("bbk", profile => profile with { HistoryUntil = new(2026, 8, 14), Calendar = new() { Cadence = Cadence.None } }));
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
    public async Task A_quote_names_who_was_asked_and_not_used_for_it()
    {
        var store = Sample.Store();
        store.Add(Known("nbp"));
        store.Publish(Sample.Sheet("nbp", Sample.Today, Sample.Now, null, "EUR/USD 11.640", "EUR/PLN 4.25"));
        await using var api = new ApiFixture(store);

        var rates = (await api.JsonAsync("/v1/rates?quotes=USD,PLN&select=median")).GetProperty("rates");

        var (usd, pln) = (rates.GetProperty("USD"), rates.GetProperty("PLN"));
        Assert.StartsWith("outlier: ", Text(usd.GetProperty("absent")[0], "reason"), StringComparison.Ordinal);
        Assert.Equal(["nbp"], Names(usd.GetProperty("absent")[0].GetProperty("providers")));
        Assert.Equal("does not cover the pair", Text(pln.GetProperty("absent")[0], "reason"));
        Assert.Equal(["boc", "ecb"], Names(pln.GetProperty("absent")[0].GetProperty("providers")));
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
    public async Task An_unconfirmed_figure_answers_alone_and_takes_no_part_in_a_blend()
    {
        var store = Sample.Store();
        store.Add(Known("nbp"));
        store.Publish(Sample.Sheet("nbp", Sample.Today, Sample.Now, null, "EUR/USD 1.3690", "EUR/PLN 4.25") with
        {
            Unconfirmed = [CurrencyPair.Parse("EUR/USD"), CurrencyPair.Parse("EUR/PLN")],
        });
        await using var api = new ApiFixture(store);

        var rates = (await api.JsonAsync("/v1/rates?quotes=USD,PLN&select=median")).GetProperty("rates");

        Assert.Equal(["boc", "ecb"], Names(rates.GetProperty("USD").GetProperty("providers")));
        Assert.Equal("4.25", rates.GetProperty("PLN").GetProperty("rate").GetRawText());
        Assert.Equal("unconfirmed", Text(rates.GetProperty("PLN"), "status"));
    }

    [Fact]
    public async Task The_earlier_days_of_an_unconfirmed_sheet_are_unconfirmed_too()
    {
        var yesterday = Sample.Today.AddDays(-1);
        var store = Sample.Store();
        store.Add(Known("nbp"));
        store.Publish(Sample.Sheet("nbp", Sample.Today, Sample.Now, null, "EUR/USD 11.69") with
        {
            Observations = [.. Sample.Figures(yesterday, "EUR/USD 11.70"), .. Sample.Figures(Sample.Today, "EUR/USD 11.69")],
            Unconfirmed = [CurrencyPair.Parse("EUR/USD")],
        });
        await using var api = new ApiFixture(store);

        var rate = (await api.JsonAsync("/v1/rates?quotes=USD&select=mean&date=2026-08-19")).GetProperty("rates").GetProperty("USD");
        var each = (await api.JsonAsync("/v1/rates?quotes=USD&providers=nbp&date=2026-08-19")).GetProperty("providers")[0];

        Assert.Equal(["boc", "ecb"], Names(rate.GetProperty("providers")));
        Assert.Equal(["USD"], Names(each.GetProperty("unconfirmed")));
    }

    [Fact]
    public async Task An_unconfirmed_figure_is_marked_wherever_its_provider_answers()
    {
        const string Mark = "unconfirmed: no second source has confirmed this figure";
        var store = Sample.Store();
        store.Add(Known("nbp"));
        store.Publish(Sample.Sheet("nbp", Sample.Today, Sample.Now, null, "EUR/USD 1.3690", "EUR/PLN 4.25") with
        {
            Unconfirmed = [CurrencyPair.Parse("EUR/USD")],
        });
        await using var api = new ApiFixture(store);

        var each = (await api.JsonAsync("/v1/rates?providers=nbp")).GetProperty("providers")[0];
        var some = (await api.JsonAsync("/v1/rates?base=USD&quotes=EUR,PLN&providers=nbp")).GetProperty("providers")[0];
        var confirmed = (await api.JsonAsync("/v1/rates?quotes=PLN&providers=nbp")).GetProperty("providers")[0];
        var row = await api.TextAsync("/v1/rates?quotes=USD,PLN&providers=nbp&format=csv");
        var pair = (await api.JsonAsync("/v1/rates/EUR/USD?providers=nbp")).GetProperty("providers")[0];
        var converted = await api.JsonAsync("/v1/convert?from=EUR&to=USD&amount=1&providers=nbp&select=each");

        Assert.Equal(["USD"], Names(each.GetProperty("unconfirmed")));
        Assert.Equal(["EUR", "PLN"], Names(some.GetProperty("unconfirmed")));
        Assert.False(confirmed.TryGetProperty("unconfirmed", out _));
        Assert.Equal(Mark, Text(pair, "reason"));
        Assert.Equal(Mark, Text(converted.GetProperty("conversions")[0], "note"));
        var marked = Assert.Single(row.Split('\n'), line => line.Contains(Mark, StringComparison.Ordinal));
        Assert.Contains("EUR,USD,1.3690", marked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frozen_figure_stands_alone_or_not_at_all()
    {
        var store = Sample.Store();
        store.Publish(Sample.BocSheet with
        {
            AsOf = Sample.Today.AddDays(-30),
            Observations = Sample.Figures(Sample.Today.AddDays(-30), "EUR/CAD 1.7", "USD/CAD 1.3")
        });
        await using var api = new ApiFixture(store);

        var both = await api.JsonAsync("/v1/rates?quotes=USD&providers=ecb,boc&select=mean");
        var alone = await api.JsonAsync("/v1/rates?quotes=USD&providers=boc&select=mean");

        Assert.Equal("1.1634", both.GetProperty("rates").GetProperty("USD").GetProperty("rate").GetRawText());
        Assert.Equal("its newest figures are of 2026-07-21", both.GetProperty("absent")[0].GetProperty("reason").GetString());
        Assert.Equal("1.307692308", alone.GetProperty("rates").GetProperty("USD").GetProperty("rate").GetRawText());
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

    [Fact]
    public async Task Before_the_first_sheet_there_is_503_with_retry_after()
    {
        await using var api = new ApiFixture(new InMemoryRates());

        using var response = await api.GetAsync("/v1/rates");

        await ApiFixture.ProblemIn(response, HttpStatusCode.ServiceUnavailable);
        Assert.Equal(TimeSpan.FromSeconds(2), response.Headers.RetryAfter?.Delta);
    }

    private static StoredProvider Known(string key, Func<ProviderProfile, ProviderProfile>? change = null)
    {
        var profile = new ProviderProfile { Key = key, Name = key, Pivot = Currency.Eur, Verified = true, Enabled = true };
        return new(change is null ? profile : change(profile), null, new());
    }

    private static IEnumerable<string> Names(JsonElement list) => list.EnumerateArray().Select(name => name.GetString()!);

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
