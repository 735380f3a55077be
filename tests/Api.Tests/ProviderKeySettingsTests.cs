using System.Reflection;
using static Rates.Api.Tests.JsonText;

namespace Rates.Api.Tests;

/// <summary>Provider keys in the settings, which are read in any case, as those of queries, API keys and webhooks are.</summary>
public sealed class ProviderKeySettingsTests
{
    [Fact]
    public async Task Keys_in_the_settings_are_read_in_any_case()
    {
        await using var api = new ApiFixture(
            null, ("Rates:Api:DefaultProviders", "BOC,Ecb,boc"), ("Rates:Api:Facades:Frankfurter", "ECB"),
            ("Rates:Api:Policies:mine:Providers", "Boc"));

        var answer = await api.JsonAsync("/v1/rates?quotes=USD");
        var policy = (await api.JsonAsync("/v1/policies")).EnumerateArray()
            .Single(one => Text(one, "name") == "mine");
        var facade = await api.JsonAsync("/frankfurter/v1/latest?symbols=USD");

        Assert.Equal(["boc", "ecb"], answer.GetProperty("providers").EnumerateArray().Select(one => Text(one, "provider")));
        Assert.Equal("boc", Assert.Single(policy.GetProperty("providers").EnumerateArray()).GetString());
        Assert.Equal("USD", Assert.Single(facade.GetProperty("rates").EnumerateObject()).Name);
        Assert.Equal("ready", Text(await api.JsonAsync("/health/ready"), "status"));
    }

    [Fact]
    public async Task All_of_them_do_what_the_setting_says()
    {
        await using var api = new ApiFixture(null, ("Rates:Api:DefaultProviders", "ALL"));

        Assert.Equal(
            await api.TextAsync("/v1/rates?quotes=USD&providers=all"), await api.TextAsync("/v1/rates?quotes=USD"));
    }

    [Fact]
    public void Every_list_of_keys_of_the_facades_is_read_in_any_case()
    {
        var lists = typeof(FacadeOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(list => list.Name != nameof(FacadeOptions.Off)).ToList();
        var options = new ConfigurationBuilder()
            .AddInMemoryCollection(lists.Select(list => KeyValuePair.Create($"{list.Name}:0", (string?)"NBP.b"))).Build()
            .Get<FacadeOptions>()!;

        Assert.Equal(options.Lists.Count(), lists.Count);
        Assert.All(options.Lists, list => Assert.Equal(["nbp.b"], list.Keys));
    }
}
