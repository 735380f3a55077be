using System.Net;
using System.Text.Json;
using Rates.Testing;

namespace Rates.Api.Tests;

/// <summary>Keys of façades' clients, and façades that are switched off.</summary>
public sealed class FacadeAccessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/oxr/api/latest.json?app_id=theirs", "")]
    [InlineData("/oxr/api/latest.json", "Token theirs")]
    [InlineData("/fixer/api/latest?access_key=theirs", "")]
    [InlineData("/exchangerate-host/live?access_key=theirs", "")]
    public async Task Where_reads_are_open_a_key_of_the_original_is_ignored(string path, string authorization)
    {
        await using var api = new ApiFixture(FacadeSample.Store());

        using var response = authorization.Length == 0
            ? await api.GetAsync(path)
            : await api.GetAsync(path, ("Authorization", authorization));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.Public);
    }

    [Fact]
    public async Task Where_reads_are_closed_a_key_of_ours_is_taken_in_the_way_of_the_original()
    {
        await using var api = new ApiFixture(FacadeSample.Store(), ("Rates:Access:OpenReads", "false"));
        var key = await KeyAsync(api);
        var secret = Uri.EscapeDataString(key);

        (string Path, (string, string)[] Headers)[] requests =
        [
            ($"/oxr/api/latest.json?app_id={secret}", []),
            ("/oxr/api/latest.json", [("Authorization", $"Token {key}")]),
            ($"/fixer/api/latest?access_key={secret}", []),
            ("/exchangeratesapi/v1/latest", [("apikey", key)]),
            ("/frankfurter/v1/latest", [("X-Api-Key", key)]),
            ("/ecb/eurofxref-daily.xml", [("Authorization", $"Bearer {key}")]),
        ];
        foreach (var (path, headers) in requests)
        {
            using var response = await api.GetAsync(path, headers);
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {response.StatusCode}");
            Assert.True(response.Headers.CacheControl!.Private, path);
        }
    }

    [Theory]
    [InlineData("/oxr/api/latest.json", """{"error":true,"status":401,"message":"missing_app_id",""")]
    [InlineData("/oxr/api/latest.json?app_id=wrong", """{"error":true,"status":401,"message":"invalid_app_id",""")]
    [InlineData("/fixer/api/latest", """{"success":false,"error":{"code":101,"type":"missing_access_key",""")]
    [InlineData("/fixer/api/latest?access_key=wrong", """{"success":false,"error":{"code":101,"type":"invalid_access_key",""")]
    [InlineData("/frankfurter/v1/latest", """{"message":""")]
    [InlineData("/frankfurter/v2/rates", """{"status":401,"message":""")]
    [InlineData("/exchangeratesapi/latest", """{"error":""")]
    [InlineData("/v1/rates?app_id=wrong", """{"title":""")]
    public async Task Where_reads_are_closed_a_stranger_is_refused_in_the_way_of_the_original(string path, string start)
    {
        await using var api = new ApiFixture(FacadeSample.Store(), ("Rates:Access:OpenReads", "false"));
        await ReadyAsync(api);

        using var response = await api.GetAsync(path);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        var body = await response.Content.ReadAsStringAsync(Token);
        Assert.StartsWith(start, body, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_facade_that_is_off_is_as_any_unknown_path_and_the_others_answer()
    {
        await using var api = new ApiFixture(FacadeSample.Store(), ("Rates:Api:Facades:Off", "fixer,Ecb"));

        await api.ProblemAsync("/fixer/api/latest", HttpStatusCode.NotFound);
        await api.ProblemAsync("/ecb/eurofxref-daily.xml", HttpStatusCode.NotFound);
        await api.TextAsync("/oxr/api/latest.json");
    }

    [Fact]
    public async Task Every_facade_can_be_switched_off_by_its_name()
    {
        await using var all = new ApiFixture(FacadeSample.Store());
        await using var none = new ApiFixture(
            FacadeSample.Store(), ("Rates:Api:Facades:Off", string.Join(',', Facades.All.Select(facade => facade.Name))));

        Assert.Equal(
            Facades.All.Select(facade => facade.Name).Order(StringComparer.Ordinal),
            FacadesOf(all).Distinct().Order(StringComparer.Ordinal));
        Assert.Empty(FacadesOf(none));

        static IEnumerable<string> FacadesOf(ApiFixture api) => AccessTests.Routes(api).Select(route => route.Pattern.Split('/')[1])
            .Where(name => Facades.All.Any(facade => facade.Name == name));
    }

    [Fact]
    public async Task Before_the_first_sheet_each_says_so_in_its_own_way()
    {
        await using var api = new ApiFixture(new InMemoryRates());

        foreach (var (path, start) in ((string, string)[])
            [
                ("/frankfurter/v2/rates", """{"status":503,"message":"No rates"""),
                ("/oxr/api/latest.json", """{"error":true,"status":503,"""),
                ("/fixer/api/latest", """{"success":false,"error":{"code":503,"""), ("/ecb/eurofxref-daily.xml", "No rates"),
            ])
        {
            using var response = await api.GetAsync(path);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.True(response.Headers.Contains("Retry-After"), path);
            Assert.StartsWith(start, await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_store_that_is_down_or_fails_takes_the_past_only_and_says_so_in_their_way()
    {
        var store = FacadeSample.Store();
        await using var api = new ApiFixture(store);
        await api.SettleAsync();

        store.IsDown = true;
        using var down = await api.GetAsync("/frankfurter/v1/2026-08-13");
        await api.TextAsync("/frankfurter/v1/latest");
        await api.TextAsync("/ecb/eurofxref-daily.xml");
        (store.IsDown, store.IsBroken) = (false, true);
        using var broken = await api.GetAsync("/oxr/api/historical/2026-08-14.json");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, down.StatusCode);
        Assert.Equal(
            """{"message":"The store of past rates cannot be reached; the latest rates are not affected"}""",
            await down.Content.ReadAsStringAsync(Token));
        Assert.Equal(HttpStatusCode.InternalServerError, broken.StatusCode);
        Assert.StartsWith(
            """{"error":true,"status":500,"message":"not_available","description":"The request failed unexpectedly""",
            await broken.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_ours_answers_by_SOAP_with_its_own_providers_as_in_JSON()
    {
        await using var api = new ApiFixture(FacadeSample.Store());
        var key = await KeyAsync(api, """{"label":"till","role":"read","defaultProviders":["erapi"]}""");
        (string Operation, string Row, (string, string?)[] Query)[] cases =
        [
            ("GetRates", "Rate", [("base", "USD"), ("quotes", "EUR")]),
            ("GetRates", "Rate", [("base", "USD"), ("quotes", "EUR"), ("providers", "ecb")]),
            ("GetRates", "Rate", [("base", "USD"), ("quotes", "EUR"), ("select", "first")]),
            ("GetRates", "Rate", [("base", "USD"), ("quotes", "EUR"), ("select", "median"), ("providers", "ecb")]),
            ("Convert", "ConvertResult", [("amount", "1"), ("from", "USD"), ("to", "EUR")]),
            ("GetHistory", "Rate", [("base", "USD"), ("quotes", "EUR"), ("select", "first")]),
            ("GetHistory", "Rate", [("base", "USD"), ("quotes", "EUR"), ("filled", "true"), ("to", "2026-08-20")]),
        ];

        List<string> used = [];
        foreach (var (operation, row, query) in cases)
        {
            var rows = await AnswerRows.SoapAsync(api, operation, row, query, ("X-Api-Key", key));
            used.Add(string.Join(' ', rows.Select(one => one["providers"]).Distinct()));
        }

        var stranger = await AnswerRows.SoapAsync(api, "GetRates", "Rate", cases[0].Query);
        Assert.Equal(["erapi", "ecb", "erapi", "ecb", "erapi", "erapi", "erapi"], used);
        Assert.Equal(["boc", "ecb", "erapi"], stranger.Select(one => one["providers"]).Order(StringComparer.Ordinal));
    }

    private static async Task<string> KeyAsync(ApiFixture api, string key = """{"label":"till","role":"read"}""")
    {
        await ReadyAsync(api);
        var password = (await File.ReadAllTextAsync(Path.Combine(api.Folder.FullName, "admin-password"), Token)).Trim();
        using var made = await AccessTests.SendAsync(
            api, "POST", "/v1/ops/keys", AccessTests.Basic("admin", password), key);
        return JsonDocument.Parse(await made.Content.ReadAsStringAsync(Token)).RootElement.GetProperty("key").GetString()!;
    }

    private static Task ReadyAsync(ApiFixture api) => Eventually.IsAsync(
        () => api.Services.GetRequiredService<AccessDirectory>().Current is not null, Token);
}
