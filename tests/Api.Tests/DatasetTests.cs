using System.Net;
using Rates.Core;

namespace Rates.Api.Tests;

/// <summary>A dataset of an institution is asked for by its key with a dot, everywhere that a provider is.</summary>
public sealed class DatasetTests
{
    [Fact]
    public async Task A_dataset_answers_beside_its_institution()
    {
        await using var api = new ApiFixture(Store());

        var both = await api.JsonAsync("/v1/rates?base=PLN&quotes=EUR,AFN&providers=nbp,NBP.B");
        var pair = await api.JsonAsync("/v1/rates/AFN/PLN?providers=nbp.b");
        var history = await api.JsonAsync("/v1/history?base=PLN&quotes=AFN&providers=nbp.b&from=2026-08-12&to=2026-08-20");
        var csv = await api.TextAsync("/v1/rates?base=PLN&quotes=AFN&providers=nbp.b&format=csv");

        Assert.Equal(
            ["nbp", "nbp.b"], both.GetProperty("providers").EnumerateArray().Select(one => one.GetProperty("provider").GetString()));
        Assert.Equal("0.05", pair.GetProperty("providers")[0].GetProperty("rate").GetRawText());
        Assert.Equal("nbp.b", history.GetProperty("series")[0].GetProperty("provider").GetString());
        Assert.Contains("nbp.b", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dataset_has_facts_of_its_own_and_follows_its_institution_in_the_list()
    {
        await using var api = new ApiFixture(Store());

        var one = await api.JsonAsync("/v1/providers/nbp.b");
        var keys = (await api.JsonAsync("/v1/providers")).EnumerateArray().Select(provider => provider.GetProperty("key").GetString());

        Assert.Equal("weekly", one.GetProperty("calendar").GetProperty("cadence").GetString());
        Assert.Equal(["nbp", "nbp.b"], keys.Where(key => key!.StartsWith("nbp", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_datasets_of_an_institution_count_once_in_a_blend()
    {
        var store = Store();
        store.Publish(Sample.Sheet("nbp.b", Sample.Today, Sample.Now, null, "EUR/PLN 4.27"));
        await using var api = new ApiFixture(store);

        var rate = (await api.JsonAsync("/v1/rates?base=EUR&quotes=PLN&providers=nbp,nbp.b&select=median"))
            .GetProperty("rates").GetProperty("PLN");

        Assert.Equal(1, rate.GetProperty("count").GetInt32());
        Assert.Equal("4.25", rate.GetProperty("rate").GetRawText());
    }

    [Fact]
    public async Task A_dataset_that_does_not_exist_is_named()
    {
        await using var api = new ApiFixture(Store());

        using var answer = await api.GetAsync("/v1/rates?providers=nbp.z");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("'nbp.z' is no known provider", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_and_policies_name_datasets()
    {
        await using var api = new ApiFixture(
            Store(), ("Rates:Api:DefaultProviders", "nbp.b"), ("Rates:Api:Policies:b:Providers", "nbp.b"),
            ("Rates:Api:Policies:b:Title", "Table B"), ("Rates:Api:Facades:Frankfurter", "nbp.b"));

        var rates = await api.JsonAsync("/v1/rates?base=PLN&quotes=AFN");
        var policy = await api.JsonAsync("/v1/convert?from=AFN&to=PLN&amount=100&policy=b");

        Assert.Equal("nbp.b", rates.GetProperty("providers")[0].GetProperty("provider").GetString());
        Assert.Contains("nbp.b", policy.GetRawText(), StringComparison.Ordinal);
    }

    private static InMemoryRates Store()
    {
        var store = Sample.Store();
        store.Add(Known("nbp", Cadence.Daily));
        store.Add(Known("nbp.b", Cadence.Weekly));
        store.Publish(Sample.Sheet("nbp", Sample.Today, Sample.Now, null, "EUR/PLN 4.25", "USD/PLN 3.65"));
        store.Publish(Sample.Sheet("nbp.b", Sample.Today.AddDays(-1), Sample.Now, null, "AFN/PLN 0.05"));
        store.Remember("nbp.b", Sample.Figures(Sample.Today.AddDays(-8), "AFN/PLN 0.051"));
        return store;
    }

    private static Rates.Store.StoredProvider Known(string key, Cadence cadence) => Sample.Known(key, profile => profile with
    {
        Pivot = Currency.Parse("PLN"),
        Independence = ProviderKey.Institution(key),
        Calendar = new() { Cadence = cadence, Days = cadence == Cadence.Weekly ? "WED" : "MON-FRI" },
    });
}
