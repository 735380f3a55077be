using System.Globalization;
using System.Net;
using System.Text.Json;
using Rates.Core;

namespace Rates.Client.Tests;

public sealed class ReadTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    [Fact]
    public async Task Each_provider_answers_with_its_day_its_age_and_the_published_digits()
    {
        await using var fixture = new ClientFixture();

        var answer = await fixture.Client.GetRatesAsync(new() { Quotes = ["USD", "JPY"], Providers = ["ecb", "boc", "google"] }, Cancel);

        Assert.Equal("EUR", answer.Base);
        Assert.Equal(["ecb", "boc", "google"], answer.Providers.Select(provider => provider.Provider));
        var ecb = answer.Providers[0];
        Assert.Equal(("fresh", new DateOnly(2026, 8, 20)), (ecb.Status, ecb.AsOf));
        Assert.Equal("171.20", ecb.Rates["JPY"].ToString(CultureInfo.InvariantCulture));
        Assert.Equal(["USD"], answer.Providers[1].Derived);
        Assert.Equal(["JPY"], answer.Providers[1].NotCovered);
        Assert.Equal("missing", answer.Providers[2].Status);
        Assert.Contains("connection refused", answer.Providers[2].Reason, StringComparison.Ordinal);
        Assert.NotEqual(default, answer.ReceivedAt);
    }

    [Fact]
    public async Task Plain_dictionaries_hold_the_same_rates()
    {
        await using var fixture = new ClientFixture();

        var one = await fixture.Client.GetDictionaryAsync(
            new() { Quotes = ["USD", "JPY", "CHF"], Providers = ["ecb", "boc"] }, Selection.First, Cancel);
        var several = await fixture.Client.GetDictionaryByProviderAsync(
            new() { Quotes = ["USD"], Providers = ["ecb", "boc", "google"] }, Cancel);

        Assert.Equal(new Dictionary<string, decimal> { ["JPY"] = 171.20m, ["USD"] = 1.1634m }, one);
        Assert.Equal(["boc", "ecb"], several.Keys.Order());
        Assert.Equal(1.1634m, several["ecb"]["USD"]);
        Assert.Equal(1.6095m / 1.3836m, several["boc"]["USD"], 8);
    }

    [Fact]
    public async Task A_blend_says_which_providers_it_used()
    {
        await using var fixture = new ClientFixture();

        var answer = await fixture.Client.GetBlendedRatesAsync(new() { Quotes = ["USD"] }, Selection.Median, Cancel);

        var rate = answer.Rates["USD"];
        Assert.Equal(["boc", "ecb"], rate.Providers);
        Assert.Equal((2, new DateOnly(2026, 8, 20), new DateOnly(2026, 8, 19)), (rate.Count, rate.Newest, rate.Oldest));
        Assert.InRange(rate.Rate!.Value, rate.Min!.Value, rate.Max!.Value);
    }

    [Fact]
    public async Task A_policy_chooses_and_the_answer_has_its_rule()
    {
        await using var fixture = new ClientFixture();

        var rates = await fixture.Client.GetRatesByPolicyAsync("vat-eu", new() { Quotes = ["USD"] }, Cancel);
        var pair = await fixture.Client.GetPairAsync("EUR", "USD", policy: "vat-eu", cancellationToken: Cancel);

        Assert.Equal(("vat-eu", 1.1634m), (rates.Policy, rates.Rates["USD"].Rate));
        Assert.StartsWith("vat-eu: 2026-08-20, or the last day before", rates.Rates["USD"].Rule, StringComparison.Ordinal);
        Assert.Equal(("vat-eu", "ecb"), (pair.Policy, Assert.Single(pair.Providers).Provider));
        var refused = await Assert.ThrowsAsync<RatesProblemException>(
            () => fixture.Client.GetRatesByPolicyAsync("vat-eu", new() { Providers = ["boc"] }, Cancel));
        Assert.Contains("policy", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pair_comes_with_the_published_figures_behind_each_rate()
    {
        await using var fixture = new ClientFixture();

        var answer = await fixture.Client.GetPairAsync("EUR", "USD", ["ecb", "boc"], cancellationToken: Cancel);

        Assert.Equal("EUR/CAD, CAD/USD", answer.Providers[1].Path);
        Assert.Equal(["1.6095", "1.3836"], answer.Providers[1].Published!.Select(figure => figure.Rate));
        Assert.Equal([false, true], answer.Providers[1].Published!.Select(figure => figure.Inverted));
        Assert.Equal(2, answer.Statistics!.Count);
    }

    [Fact]
    public async Task More_amounts_than_one_request_takes_are_converted_in_order_and_a_bad_one_costs_itself()
    {
        await using var fixture = new ClientFixture();
        var amounts = Enumerable.Range(1, 1500).Select(number => new AmountToConvert(number, "EUR", number == 1200 ? "XXX" : "USD"));

        var results = await fixture.Client.ConvertAsync(amounts, new() { Providers = ["ecb"], Round = 2 }, Cancel);

        Assert.Equal(Enumerable.Range(1, 1500), results.Select(result => result.Row!.Value));
        Assert.Equal(1745.10m, results[1499].Result);
        Assert.Equal("XXX", results[1199].Error!.Value);
        Assert.Equal(1, results.Count(result => result.Result is null));
        Assert.Equal(116.34m, (await fixture.Client.ConvertAsync(100, "EUR", "USD", new() { Providers = ["ecb"] }, Cancel)).Result);
    }

    [Fact]
    public async Task History_comes_day_by_day()
    {
        await using var fixture = new ClientFixture();
        fixture.Api.Store.Remember("ecb",
            new Observation(new(2026, 7, 6), CurrencyPair.Parse("EUR/USD"), 1.1601m, RateKind.Reference),
            new Observation(new(2026, 7, 7), CurrencyPair.Parse("EUR/USD"), 1.1610m, RateKind.Reference));
        var query = new HistoryQuery { Quotes = ["USD"], Providers = ["ecb"], From = new(2026, 7, 1), To = new(2026, 7, 7) };

        var days = await fixture.Client.GetHistoryAsync(query, Cancel).ToListAsync(Cancel);

        Assert.Equal<(DateOnly, decimal?)>(
            [(new(2026, 7, 6), 1.1601m), (new(2026, 7, 7), 1.1610m)], days.Select(day => (day.Date, day.Rate)));
        Assert.Equal("1.1610", days[1].Rate!.Value.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task History_of_combined_rates_comes_day_by_day()
    {
        await using var fixture = new ClientFixture();
        foreach (var (provider, rate) in new[] { ("ecb", 1.16m), ("boc", 1.18m) })
        {
            fixture.Api.Store.Remember(provider, new Observation(new(2026, 7, 6), CurrencyPair.Parse("EUR/USD"), rate, RateKind.Reference));
        }

        fixture.Api.Store.Remember("boc", new Observation(new(2026, 7, 7), CurrencyPair.Parse("EUR/USD"), 2.3m, RateKind.Reference));
        var query = new HistoryQuery
        {
            Quotes = ["USD", "ILS"],
            Providers = ["ecb", "boc"],
            From = new(2026, 7, 1),
            To = new(2026, 7, 7),
        };

        var days = await fixture.Client.GetBlendedHistoryAsync(query, Selection.Mean, Cancel).ToListAsync(Cancel);

        Assert.Equal(
            [(new DateOnly(2026, 7, 6), "USD", 1.17m, 2), (new DateOnly(2026, 7, 7), "USD", null, 0), ((DateOnly?)null, "ILS", null, 0)],
            days.Select(day => (day.Date, day.Quote, day.Rate, day.Count)));
        Assert.Equal("mean", days[0].Select);
        Assert.Null(days[0].Note);
        Assert.StartsWith("of the two witnesses the higher is", days[1].Note, StringComparison.Ordinal);
        Assert.StartsWith("covered by none of the providers asked", days[2].Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_is_filled_grouped_and_chosen_by_a_policy()
    {
        await using var fixture = new ClientFixture();
        fixture.Api.Store.Remember(
            "ecb",
            [
                .. new[] { (6, 1.1601m), (7, 1.1610m), (10, 1.1590m) }.Select(one => new Observation(
                    new(2026, 7, one.Item1), CurrencyPair.Parse("EUR/USD"), one.Item2, RateKind.Reference)),
            ]);
        var query = new HistoryQuery { Quotes = ["USD"], From = new(2026, 7, 6), To = new(2026, 7, 12) };
        var byEcb = query with { Providers = ["ecb"] };

        var filled = await fixture.Client.GetHistoryAsync(byEcb with { Filled = true }, Cancel).ToListAsync(Cancel);
        var before = await fixture.Client.GetHistoryAsync(byEcb with { From = new(2026, 7, 5), Filled = true }, Cancel).FirstAsync(Cancel);
        var week = await fixture.Client.GetHistoryAsync(byEcb with { Group = HistoryGroup.Week }, Cancel).ToListAsync(Cancel);
        var chosen = await fixture.Client.GetHistoryByPolicyAsync("vat-eu", query, Cancel).ToListAsync(Cancel);
        var combined = await fixture.Client.GetHistoryByPolicyAsync("consensus", query, Cancel).ToListAsync(Cancel);

        Assert.Equal(
            [(6, 6), (7, 7), (8, 7), (9, 7), (10, 10), (11, 10), (12, 10)],
            filled.Select(day => (day.Date.Day, day.AsOf!.Value.Day)));
        Assert.Equal(
            new HistoryRate
            {
                Date = new(2026, 7, 10),
                Provider = "ecb",
                Base = "EUR",
                Quote = "USD",
                Rate = 1.1590m,
                First = 1.1601m,
                High = 1.1610m,
                Low = 1.1590m,
                Average = 1.160033333m,
            },
            Assert.Single(week));
        Assert.Equal((new DateOnly(2026, 7, 5), null), (before.Date, before.Rate));
        Assert.StartsWith("nothing is stored of", before.Note, StringComparison.Ordinal);
        Assert.Equal(filled.Select(day => day.Rate), chosen.Select(day => day.Rate));
        Assert.All(chosen, day => Assert.Equal(("ecb", null), (day.Provider, day.Select)));
        Assert.All(combined, day => Assert.Equal((null, "consensus", 1), (day.Provider, day.Select, day.Count)));
    }

    [Fact]
    public async Task A_conversion_is_rounded_and_tells_the_days_of_its_figures()
    {
        await using var fixture = new ClientFixture();

        var up = await fixture.Client.ConvertAsync(
            1, "EUR", "USD", new() { Providers = ["ecb", "boc"], RoundToMinorUnit = true, Rounding = ConversionRounding.Up }, Cancel);
        var one = await fixture.Client.ConvertAsync(1, "EUR", "USD", new() { Providers = ["ecb"] }, Cancel);

        Assert.Equal(1.17m, up.Result);
        Assert.Equal((new DateOnly(2026, 8, 20), new DateOnly(2026, 8, 19)), (up.Newest, up.Oldest));
        Assert.Equal((up.Oldest, null), (up.AsOf, one.Newest));
    }

    [Fact]
    public async Task Providers_and_currencies_are_listed()
    {
        await using var fixture = new ClientFixture();

        var providers = await fixture.Client.GetProvidersAsync(Cancel);
        var currencies = await fixture.Client.GetCurrenciesAsync(Cancel);

        Assert.Equal(["boc", "ecb", "fixer", "google"], providers.Select(provider => provider.Key));
        Assert.Equal(new DateOnly(1999, 1, 4), providers[1].HistoryFrom);
        Assert.Equal(0, currencies.Single(currency => currency.Code == "JPY").MinorDigits);
    }

    [Fact]
    public async Task A_refusal_names_the_parameter_and_its_value()
    {
        await using var fixture = new ClientFixture();

        var refused = await Assert.ThrowsAsync<RatesProblemException>(
            () => fixture.Client.GetRatesAsync(new() { Quotes = ["USD", "QQQ"] }, Cancel));

        Assert.Equal((HttpStatusCode.NotFound, "quotes", "QQQ"), (refused.Status, refused.Parameter, refused.Value));
        Assert.Contains("QQQ", refused.Message, StringComparison.Ordinal);
        Assert.NotNull(refused.RequestId);
    }

    [Theory]
    [InlineData("/v1/rates?providers=ecb,boc,google&quotes=USD,JPY", typeof(RatesByProvider))]
    [InlineData("/v1/rates?select=median", typeof(BlendedRates))]
    [InlineData("/v1/rates/EUR/USD?providers=all", typeof(PairRates))]
    [InlineData("/v1/convert?from=EUR&to=USD&amount=100", typeof(Conversion))]
    [InlineData("/v1/currencies/EUR", typeof(CurrencyInfo))]
    [InlineData("/v1/rates?policy=vat-eu", typeof(BlendedRates))]
    [InlineData("/v1/rates/EUR/USD?policy=vat-eu", typeof(PairRates))]
    [InlineData("/v1/convert?from=EUR&to=USD&policy=vat-eu", typeof(Conversion))]
    public async Task Nothing_of_an_answer_is_unknown_to_the_client(string address, Type type)
    {
        await using var fixture = new ClientFixture();

        Assert.NotNull(JsonSerializer.Deserialize(await fixture.Api.TextAsync(address), type, Strict));
    }
}
