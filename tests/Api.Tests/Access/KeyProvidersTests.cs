using System.Net;
using System.Text.Json;
using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>Keys with providers of their own: what they are answered, what caches are told, and which providers may be named.</summary>
public sealed class KeyProvidersTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1/convert?from=EUR&to=USD", "&select=median", "providers")]
    [InlineData("/v1/rates?quotes=USD", "&select=each", "providers.provider")]
    [InlineData("/v1/rates?quotes=USD&select=median", "", "rates.USD.providers")]
    [InlineData("/v1/rates/EUR/USD?numbers=number", "", "providers.provider")]
    [InlineData("/v1/history?quotes=USD&from=2026-08-19", "&select=each", "series.provider")]
    public async Task A_keys_list_holds_for_all_it_asks_with_and_without_the_written_default(string address, string written, string path)
    {
        await using var api = new ApiFixture();
        var key = await KeyAsync(api, """["boc"]""");

        var plain = await api.TextAsync(address, ("X-Api-Key", key));
        var writtenOut = await api.TextAsync(address + written, ("X-Api-Key", key));
        var named = await api.TextAsync($"{address}&providers=boc");

        Assert.Equal(named, plain);
        Assert.Equal(plain, writtenOut);
        Assert.Equal(["boc"], Named(JsonDocument.Parse(plain).RootElement, path.Split('.')));
        Assert.NotEqual(named, await api.TextAsync(address));
    }

    [Fact]
    public async Task Caches_are_told_that_an_answer_depends_on_the_key_once_it_does()
    {
        await using var api = new ApiFixture();
        await KeyAsync(api, "[]");
        const string Plain = "Accept, Accept-Encoding";
        const string ByCaller = "Accept, Accept-Encoding, Authorization, X-Api-Key";
        string[] paths = ["/v1/rates?quotes=USD", "/v1/convert?from=EUR&to=USD", "/v1/history?quotes=USD", "/v1/history?from=1999-01-01"];
        foreach (var path in paths)
        {
            Assert.Equal(("public", Plain), await CachingAsync(api, path, null));
        }

        var key = await KeyAsync(api, """["boc"]""", isFirst: false);

        foreach (var path in paths)
        {
            Assert.Equal(("public", ByCaller), await CachingAsync(api, path, null));
            Assert.Equal(("private", ByCaller), await CachingAsync(api, path, key));
        }
    }

    [Fact]
    public async Task An_unknown_provider_is_missing_in_answers_and_refused_for_a_new_key_once_all_are_known()
    {
        await using var api = new ApiFixture();
        var key = await KeyAsync(api, """["ecb","nope"]""");

        var each = JsonDocument.Parse(await api.TextAsync("/v1/rates?quotes=USD", ("X-Api-Key", key))).RootElement.GetProperty("providers");
        var median = await api.TextAsync("/v1/rates?quotes=USD&select=median", ("X-Api-Key", key));
        var past = await api.TextAsync("/v1/history?quotes=USD", ("X-Api-Key", key));

        Assert.Equal(["ecb", "nope"], each.EnumerateArray().Select(one => one.GetProperty("provider").GetString()!));
        Assert.Equal("missing", each[1].GetProperty("status").GetString());
        Assert.Contains("no worker has made it known", each[1].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains("nope", median, StringComparison.Ordinal);
        Assert.Contains("nope", past, StringComparison.Ordinal);
        Assert.DoesNotContain("nope", await api.TextAsync("/v1/rates?quotes=USD&providers=all"), StringComparison.Ordinal);
        Assert.DoesNotContain("nope", await api.TextAsync("/v1/rates?quotes=USD&select=median"), StringComparison.Ordinal);

        await KnowAllAsync(api);
        foreach (var (list, status) in new[]
        {
            ("""["ecb","nope"]""", HttpStatusCode.BadRequest), ("""["all"]""", HttpStatusCode.Created),
            ("""["fixer","ecb"]""", HttpStatusCode.Created), ("""["all","ecb"]""", HttpStatusCode.BadRequest),
        })
        {
            using var made = await MakeAsync(api, list);
            Assert.True(made.StatusCode == status, $"{list}: {made.StatusCode}");
            if (status == HttpStatusCode.BadRequest)
            {
                Assert.Contains("is no known provider", await made.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("""["ECB","Boc","ecb"]""", "ecb,boc")]
    [InlineData("""["ALL"]""", "all")]
    public async Task A_keys_providers_are_read_in_any_case_and_stored_in_lower_case(string written, string stored)
    {
        await using var api = new ApiFixture();
        await KeyAsync(api, written);

        var key = Assert.Single(await api.Services.GetRequiredService<AccessStore>().ReadKeysAsync(Token)).Value.Value;
        Assert.Equal(stored, string.Join(',', key.DefaultProviders));
    }

    [Fact]
    public async Task A_provider_that_only_a_removed_key_named_is_unknown_again()
    {
        await using var api = new ApiFixture(null, ("Rates:Api:DefaultProviders", "ecb,setting"));
        await AccessTests.SignedUpAsync(api, "root", AccessRole.Admin);
        List<string> ids = [];
        foreach (var list in new[] { """["nope","setting","ecb"]""", """["nope","other"]""" })
        {
            using var made = await MakeAsync(api, list);
            ids.Add(JsonDocument.Parse(await made.Content.ReadAsStringAsync(Token)).RootElement.GetProperty("id").GetString()!);
        }

        using var first = await RemoveAsync(api, ids[1]);
        await api.RefreshAsync();

        Assert.Equal(["unknown", "missing", "missing", "fresh"], await StatesAsync(api));
        using var last = await RemoveAsync(api, ids[0]);
        Assert.Equal(["unknown", "unknown", "missing", "fresh"], await StatesAsync(api));

        // The next passes, and a change of rates, do not bring it back.
        api.Store.Publish(Sample.Sheet("ecb", Sample.Today, Sample.Now, null, "EUR/USD 1.17"));
        await api.RefreshAsync();
        Assert.Equal(["unknown", "unknown", "missing", "fresh"], await StatesAsync(api));
    }

    private static Task<HttpResponseMessage> RemoveAsync(ApiFixture api, string id) => AccessTests.SendAsync(
        api, "DELETE", $"/v1/ops/keys/{id}", AccessTests.Basic("root", "correct horse battery"));

    // The status of each provider when it is asked for by name.
    private static async Task<List<string>> StatesAsync(ApiFixture api)
    {
        List<string> states = [];
        foreach (var key in new[] { "other", "nope", "setting", "ecb" })
        {
            using var response = await api.GetAsync($"/v1/rates?quotes=USD&providers={key}");
            var text = await response.Content.ReadAsStringAsync(Token);
            states.Add(response.StatusCode == HttpStatusCode.NotFound && text.Contains("is no known provider", StringComparison.Ordinal)
                ? "unknown" : JsonDocument.Parse(text).RootElement.GetProperty("providers")[0].GetProperty("status").GetString()!);
        }

        return states;
    }

    [Fact]
    public async Task Unknown_providers_of_the_settings_are_logged_once_and_degrade_readiness()
    {
        using var log = new LogLines();
        await using var api = new ApiFixture(
            null, ("Rates:Api:DefaultProviders", "ecb,nope"), ("Rates:Api:Facades:Fixer", "nope"),
            ("Rates:Api:Policies:zz:Providers", "ecb,zzz"), ("Rates:Api:Policies:good:Providers", "boc"))
        {
            Change = services => services.AddLogging(logging => logging.AddProvider(log)),
        };
        await api.SettleAsync();
        Assert.Equal("ready", (await api.JsonAsync("/health/ready")).GetProperty("status").GetString());

        await KnowAllAsync(api);
        await api.RefreshAsync();

        var ready = await api.JsonAsync("/health/ready");
        string[] expected =
        [
            "Rates:Api:DefaultProviders names nope, which no worker has made known",
            "Rates:Api:Facades:Fixer names nope, which no worker has made known",
            "Rates:Api:Policies:zz:Providers names zzz, which no worker has made known",
        ];
        Assert.DoesNotContain("nope", await api.TextAsync("/v1/providers"), StringComparison.Ordinal);
        Assert.Equal("degraded", ready.GetProperty("status").GetString());
        Assert.Equal(expected, ready.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()!));
        foreach (var sentence in expected)
        {
            Assert.Single(log.Lines, line => line.StartsWith(sentence, StringComparison.Ordinal));
        }

        api.Store.Add(Sample.Known("nope"));
        api.Store.Add(Sample.Known("zzz"));
        await api.RefreshAsync();
        Assert.Empty((await api.JsonAsync("/health/ready")).GetProperty("reasons").EnumerateArray());
        Assert.Contains("nope", await api.TextAsync("/v1/providers"), StringComparison.Ordinal);
    }

    private static async Task KnowAllAsync(ApiFixture api)
    {
        await api.SettleAsync();
        api.Time.Advance(TimeSpan.FromSeconds(6));
        await api.RefreshAsync();
    }

    private static async Task<string> KeyAsync(ApiFixture api, string providers, bool isFirst = true)
    {
        if (isFirst)
        {
            await AccessTests.SignedUpAsync(api, "root", AccessRole.Admin);
        }

        using var made = await MakeAsync(api, providers);
        return JsonDocument.Parse(await made.Content.ReadAsStringAsync(Token)).RootElement.GetProperty("key").GetString()!;
    }

    private static Task<HttpResponseMessage> MakeAsync(ApiFixture api, string providers) => AccessTests.SendAsync(
        api, "POST", "/v1/ops/keys", AccessTests.Basic("root", "correct horse battery"),
        $$"""{"label":"shop","role":"read","defaultProviders":{{providers}}}""");

    private static async Task<(string Cache, string Vary)> CachingAsync(ApiFixture api, string path, string? key)
    {
        using var response = key is null ? await api.GetAsync(path) : await api.GetAsync(path, ("X-Api-Key", key));
        return (response.Headers.CacheControl!.Public ? "public" : "private", string.Join(", ", response.Headers.Vary));
    }

    private static string[] Named(JsonElement at, ReadOnlySpan<string> path)
    {
        if (at.ValueKind == JsonValueKind.Array)
        {
            var names = new List<string>();
            foreach (var one in at.EnumerateArray())
            {
                names.AddRange(Named(one, path));
            }

            return [.. names];
        }

        return path.IsEmpty ? [at.GetString()!] : Named(at.GetProperty(path[0]), path[1..]);
    }
}
