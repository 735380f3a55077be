using Rates.Core;
using static Rates.Api.Tests.JsonText;

namespace Rates.Api.Tests;

/// <summary>Which providers a combined rate is made of, and what its answer tells of the others.</summary>
public sealed class BlendedRatesTests
{
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
        store.Add(Sample.Known("nbp"));
        store.Publish(Sample.Sheet("nbp", Sample.Today, Sample.Now, null, "EUR/USD 1.1640", "EUR/PLN 4.25"));
        store.Add(Sample.Known("zzz"));
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
        store.Add(Sample.Known("hmrc", profile =>
            profile with { Category = ProviderCategory.Compliance, Calendar = new() { Cadence = Cadence.Monthly } }));
        store.Publish(Sample.Sheet("hmrc", new(2026, 8, 1), Sample.Now, null, "EUR/USD 1.1500", "EUR/GBP 0.87"));
        store.Add(Sample.Known("bbk", profile =>
            profile with { HistoryUntil = new(1998, 12, 30), Calendar = new() { Cadence = Cadence.None } }));
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
    public async Task A_quote_names_who_was_asked_and_not_used_for_it()
    {
        var store = Sample.Store();
        store.Add(Sample.Known("nbp"));
        store.Publish(Sample.Sheet("nbp", Sample.Today, Sample.Now, null, "EUR/USD 11.640", "EUR/PLN 4.25"));
        await using var api = new ApiFixture(store);

        var rates = (await api.JsonAsync("/v1/rates?quotes=USD,PLN&select=median")).GetProperty("rates");

        var (usd, pln) = (rates.GetProperty("USD"), rates.GetProperty("PLN"));
        Assert.StartsWith("outlier: ", Text(usd.GetProperty("absent")[0], "reason"), StringComparison.Ordinal);
        Assert.Equal(["nbp"], Names(usd.GetProperty("absent")[0].GetProperty("providers")));
        Assert.Equal("does not cover the pair", Text(pln.GetProperty("absent")[0], "reason"));
        Assert.Equal(["boc", "ecb"], Names(pln.GetProperty("absent")[0].GetProperty("providers")));
    }

    [Theory]
    [InlineData("quotes=USD,THB&providers=ecb", "THB", "")]
    [InlineData("quotes=USD,THB&providers=ecb,boc", "THB", "")]
    [InlineData("quotes=USD,THB&providers=ecb,google", "THB",
        ": does not cover the pair (ecb); never fetched: connection refused (google)")]
    [InlineData("base=JPY&quotes=USD,THB&providers=google,boc,ecb", "THB",
        ": never fetched: connection refused (google); does not cover the base (boc); does not cover the pair (ecb)")]
    [InlineData("quotes=USD&providers=google", "USD", ": never fetched: connection refused")]
    [InlineData("providers=ecb,boc&date=2001-06-01", "", ": nothing is stored of 2001-05-18 to 2001-06-01 (ecb, boc)")]
    public async Task A_row_without_a_rate_names_every_reason_with_its_providers(string query, string quote, string reasons)
    {
        await using var api = new ApiFixture();
        var note = $"covered by none of the providers asked{reasons}";

        foreach (var format in new[] { "csv", "xml", "ndjson" })
        {
            var rows = await AnswerRows.OfAsync(api, $"/v1/rates?{query}&select=median", format);
            var row = Assert.Single(rows, row => row["status"] == "missing");
            Assert.Equal((quote, note), (row.GetValueOrDefault("quote") ?? "", row["note"]));
        }

        var parameters = query.Split('&').Select(one => (one.Split('=')[0], (string?)one.Split('=')[1])).Append(("select", "median"));
        string[] order = ["base", "quotes", "providers", "select", "date"];
        var soap = await AnswerRows.SoapAsync(api, "GetRates", "Rate", parameters.OrderBy(one => Array.IndexOf(order, one.Item1)));
        Assert.Equal(note, Assert.Single(soap, row => row["status"] == "missing")["note"]);
    }

    [Fact]
    public void Many_reasons_and_providers_are_told_in_short() => Assert.Equal(
        "covered by none of the providers asked: a (a1, a2, a3, a4, a5 and 2 others); b (b1, b2, b3, b4, b5 and 1 other); c (c1, c2); "
            + "other reasons (2 providers)",
        WhyNoBlend.Of(
        [
            .. "d1 c1 a1 a2 a3 b1 a4 a5 a6 a7 b2 b3 c2 e1 b4 b5 b6".Split(' ').Select(key => new LeftOutProvider(key, key[..1])),
        ]));

    [Fact]
    public async Task An_unconfirmed_figure_answers_alone_and_takes_no_part_in_a_blend()
    {
        var store = Sample.Store();
        store.Add(Sample.Known("nbp"));
        store.Publish(Sample.Sheet("nbp", Sample.Today, Sample.Now, null, "EUR/USD 1.3690", "EUR/PLN 4.25")
            .WithUnconfirmed([CurrencyPair.Parse("EUR/USD"), CurrencyPair.Parse("EUR/PLN")]));
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
        store.Add(Sample.Known("nbp"));
        store.Publish((Sample.Sheet("nbp", Sample.Today, Sample.Now, null, "EUR/USD 11.69") with
        {
            Observations = [.. Sample.Figures(yesterday, "EUR/USD 11.70"), .. Sample.Figures(Sample.Today, "EUR/USD 11.69")],
        }).WithUnconfirmed([CurrencyPair.Parse("EUR/USD")]));
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
        store.Add(Sample.Known("nbp"));
        store.Publish(Sample.Sheet("nbp", Sample.Today, Sample.Now, null, "EUR/USD 1.3690", "EUR/PLN 4.25")
            .WithUnconfirmed([CurrencyPair.Parse("EUR/USD")]));
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
        Assert.Equal(
            "frozen: five or more publications were missed; its newest figure is of 2026-07-21",
            both.GetProperty("absent")[0].GetProperty("reason").GetString());
        Assert.Equal("1.307692308", alone.GetProperty("rates").GetProperty("USD").GetProperty("rate").GetRawText());
    }
}
