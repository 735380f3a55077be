using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing.Patterns;
using Rates.Store;
using Rates.Testing;

namespace Rates.Api.Tests;

/// <summary>Who may do what.</summary>
public sealed partial class AccessTests
{
    private const string Password = "correct horse battery";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Every route that answers to somebody without credentials, unless reads are closed.</summary>
    private static readonly string[] Open =
    [
        "/", "/pair/{base}/{quote}", "/providers", "/providers/{key}", "/currencies/{code}",
        "/{base:length(3)}/{quote:length(3)}", "/page.css", "/page.js", "/tables.js", "/icon.svg",
        "/mcp/", "/llms.txt", "/reference", "/reference.js", "/scalar.js",
        "/health/live", "/health/ready", "/openapi/v1.json", "/v1/convert", "/v1/currencies", "/v1/currencies/{code}",
        "/v1/events", "/v1/evidence/{provider}/{version}",
        "/v1/evidence/{provider}/{version}/{number}", "/v1/history", "/v1/policies", "/v1/providers", "/v1/providers/{key}", "/v1/rates",
        "/v1/rates/{base}/{quote}",
    ];

    [Fact]
    public async Task Every_route_that_is_not_listed_as_open_wants_a_role()
    {
        await using var api = new ApiFixture();
        await SignedUpAsync(api, "reader", AccessRole.Read);
        var routes = Routes(api).Where(route => !Open.Contains(route.Pattern) && !IsFacade(route.Pattern)).ToList();
        Assert.NotEmpty(routes);

        foreach (var (method, pattern) in routes)
        {
            using var stranger = await SendAsync(api, method, Filled(pattern));
            using var reader = await SendAsync(api, method, Filled(pattern), Basic("reader", Password));

            Assert.True(
                stranger.StatusCode == HttpStatusCode.Unauthorized, $"{method} {pattern} answers {stranger.StatusCode} to a stranger");
            Assert.Contains("Basic", stranger.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
            Assert.True(
                pattern == "/v1/ops/me" || reader.StatusCode == HttpStatusCode.Forbidden,
                $"{method} {pattern} answers {reader.StatusCode} to a reader");
        }
    }

    [Fact]
    public async Task No_role_below_the_one_that_a_route_asks_for_is_let_in()
    {
        await using var api = new ApiFixture();
        await SignedUpAsync(api, "root", AccessRole.Admin);
        AccessRole[] roles = [AccessRole.Read, AccessRole.Ops, AccessRole.Admin];
        foreach (var role in roles)
        {
            await SignedUpAsync(api, $"user-{role}", role);
        }

        var asked = api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<RequiredRole>() is not null).ToList();
        foreach (var endpoint in asked)
        {
            var least = endpoint.Metadata.GetMetadata<RequiredRole>()!.Role;
            var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
            foreach (var role in roles)
            {
                using var answer = await SendAsync(
                    api, method, Filled("/" + endpoint.RoutePattern.RawText!.TrimStart('/')), Basic($"user-{role}", Password));

                Assert.True(
                    (answer.StatusCode == HttpStatusCode.Forbidden) == role < least,
                    $"{method} {endpoint.RoutePattern.RawText} answers {answer.StatusCode} to {role}");
            }
        }

        // What gives access away, or answers everybody with what was sent, is for administrators alone.
        Assert.Equal(
            ["/v1/ops/archive", "/v1/ops/keys", "/v1/ops/keys", "/v1/ops/keys/{id}", "/v1/ops/users", "/v1/ops/users/{name}",
                "/v1/ops/users/{name}"],
            asked.Where(endpoint => endpoint.Metadata.GetMetadata<RequiredRole>()!.Role == AccessRole.Admin)
                .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task With_reads_closed_only_health_answers_to_a_stranger()
    {
        await using var api = new ApiFixture(null, ("Rates:Access:OpenReads", "false"));
        await SignedUpAsync(api, "reader", AccessRole.Read);

        foreach (var (method, pattern) in Routes(api))
        {
            using var stranger = await SendAsync(api, method, Filled(pattern));

            Assert.True(
                pattern.StartsWith("/health/", StringComparison.Ordinal) != (stranger.StatusCode == HttpStatusCode.Unauthorized),
                $"{method} {pattern} answers {stranger.StatusCode}");
        }

        using var reader = await SendAsync(api, "GET", "/v1/rates?quotes=USD", Basic("reader", Password));
        Assert.Equal(HttpStatusCode.OK, reader.StatusCode);
        Assert.Contains("private", reader.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_shown_once_works_and_is_refused_once_revoked()
    {
        await using var api = new ApiFixture();
        await SignedUpAsync(api, "root", AccessRole.Admin);

        using var made = await SendAsync(api, "POST", "/v1/ops/keys", Basic("root", Password), """{"label":"shop","role":"ops"}""");
        var key = JsonDocument.Parse(await made.Content.ReadAsStringAsync(Token)).RootElement;
        var (id, secret) = (key.GetProperty("id").GetString()!, key.GetProperty("key").GetString()!);
        using var before = await SendAsync(api, "GET", "/v1/ops/audit", new("Bearer", secret));
        using var list = await SendAsync(api, "GET", "/v1/ops/keys", Basic("root", Password));
        var listed = await list.Content.ReadAsStringAsync(Token);
        using var revoked = await SendAsync(api, "DELETE", $"/v1/ops/keys/{id}", Basic("root", Password));
        using var after = await SendAsync(api, "GET", "/v1/ops/audit", new("Bearer", secret));
        var audit = await (await SendAsync(api, "GET", "/v1/ops/audit", Basic("root", Password))).Content.ReadAsStringAsync(Token);

        Assert.Equal(
            (HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.Unauthorized),
            (made.StatusCode, before.StatusCode, revoked.StatusCode, after.StatusCode));
        Assert.Contains("\"label\":\"shop\"", listed, StringComparison.Ordinal);
        Assert.Contains($"revoked: 'shop'", audit, StringComparison.Ordinal);
        Assert.DoesNotContain(secret[^43..], listed + audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_password_and_a_lower_role_count_at_once()
    {
        await using var api = new ApiFixture();
        await SignedUpAsync(api, "root", AccessRole.Admin);
        await SignedUpAsync(api, "anna", AccessRole.Admin);
        using var before = await SendAsync(api, "GET", "/v1/ops/users", Basic("anna", Password));

        using var lowered = await SendAsync(api, "PUT", "/v1/ops/users/anna", Basic("root", Password), """{"role":"read"}""");
        using var after = await SendAsync(api, "GET", "/v1/ops/users", Basic("anna", Password));
        using var changed = await SendAsync(api, "PUT", "/v1/ops/users/anna", Basic("root", Password),
            """{"role":"read","password":"another long one"}""");
        using var old = await SendAsync(api, "GET", "/v1/ops/me", Basic("anna", Password));

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Forbidden), (before.StatusCode, lowered.StatusCode, after.StatusCode));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (changed.StatusCode, old.StatusCode));
    }

    [Theory]
    [InlineData("PUT", "/v1/ops/users/anna", """{"role":"ops"}""", HttpStatusCode.BadRequest, "password: is missing")]
    [InlineData("PUT", "/v1/ops/users/anna", """{"role":"ops","password":"short"}""", HttpStatusCode.BadRequest, "fewer than 12")]
    [InlineData("PUT", "/v1/ops/users/anna", """{"role":"boss","password":"correct horse battery"}""", HttpStatusCode.BadRequest, "role: ")]
    [InlineData("PUT", "/v1/ops/users/anna", """{"role":3,"password":"correct horse battery"}""", HttpStatusCode.BadRequest, "role: '3'")]
    [InlineData("PUT", "/v1/ops/users/anna", """{"role":99,"password":"correct horse battery"}""", HttpStatusCode.BadRequest, "role: '99'")]
    [InlineData("PUT", "/v1/ops/users/anna", """{"role":"3","password":"correct horse battery"}""", HttpStatusCode.BadRequest, "role: '3'")]
    [InlineData(
        "POST", "/v1/ops/keys", """{"label":"x","role":99}""",
        HttpStatusCode.BadRequest, "role: '99' is not one of read, ops, admin")]
    [InlineData("POST", "/v1/ops/keys", """{"role":"ops"}""", HttpStatusCode.BadRequest, "body: lacks 'label'")]
    [InlineData("POST", "/v1/ops/keys", """{"label":null,"role":"ops"}""", HttpStatusCode.BadRequest, "label: is null, a value is needed")]
    [InlineData("POST", "/v1/ops/keys", """{"label":"a\u202eb","role":"ops"}""", HttpStatusCode.BadRequest, "is not a label")]
    [InlineData(
        "POST", "/v1/ops/keys", """{"label":"x","role":"ops","defaultProviders":[null]}""",
        HttpStatusCode.BadRequest, "'null' is not a provider key")]
    [InlineData(
        "PUT", "/v1/ops/users/an%20na", """{"role":"ops","password":"correct horse battery"}""",
        HttpStatusCode.BadRequest, "'an na' is not a name")]
    [InlineData("PUT", "/v1/ops/users/root", """{"role":"ops"}""", HttpStatusCode.Conflict, "the only admin")]
    [InlineData("DELETE", "/v1/ops/users/nobody", null, HttpStatusCode.NotFound, "'nobody' is no user")]
    [InlineData("POST", "/v1/ops/keys", """{"label":" ","role":"ops"}""", HttpStatusCode.BadRequest, "label: ' ' is not a label")]
    [InlineData(
        "POST", "/v1/ops/keys", """{"label":"x","role":"ops","colour":"red"}""",
        HttpStatusCode.BadRequest, "colour: is no member here; known are label, role, expiresAt, defaultProviders, requestsPerMinute")]
    [InlineData(
        "POST", "/v1/ops/keys", """{"label":"x","role":"ops","defaultProviders":["ecb",{"a":1}]}""",
        HttpStatusCode.BadRequest, """defaultProviders[1]: '{"a":1}' is not a text""")]
    [InlineData(
        "POST", "/v1/ops/keys", """{"label":"x","role":"ops","expiresAt":"tomorrow"}""",
        HttpStatusCode.BadRequest, "expiresAt: 'tomorrow' is not an instant with its offset such as")]
    [InlineData(
        "POST", "/v1/ops/keys", """{"label":"x","role":"ops","requestsPerMinute":1.5}""",
        HttpStatusCode.BadRequest, "requestsPerMinute: '1.5' is not a whole number")]
    [InlineData("POST", "/v1/ops/keys", "[]", HttpStatusCode.BadRequest, "body: is not an object with label, role, ")]
    [InlineData(
        "POST", "/v1/ops/keys", """{"label":"x","role":"ops","expiresAt":"2020-01-01T00:00:00Z"}""",
        HttpStatusCode.BadRequest, "has passed already")]
    [InlineData(
        "POST", "/v1/ops/keys", """{"label":"x","role":"ops","defaultProviders":["E C B"]}""",
        HttpStatusCode.BadRequest, "'E C B' is not a provider key")]
    [InlineData("DELETE", "/v1/ops/keys/0123456789ab", null, HttpStatusCode.NotFound, "'0123456789ab' is no key")]
    [InlineData("GET", "/v1/ops/audit?count=0", null, HttpStatusCode.BadRequest, "count: '0' is not a number")]
    public async Task What_is_wrong_is_named(string method, string path, string? body, HttpStatusCode status, string why)
    {
        await using var api = new ApiFixture();
        await SignedUpAsync(api, "root", AccessRole.Admin, alone: true);

        using var response = await SendAsync(api, method, path, Basic("root", Password), body);

        var problem = await ApiFixture.ProblemIn(response, status);
        Assert.Contains(why, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_another_site_changes_nothing()
    {
        await using var api = new ApiFixture();
        await SignedUpAsync(api, "root", AccessRole.Admin);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/ops/keys");
        request.Content = new StringContent("""{"label":"x","role":"admin"}""", Encoding.UTF8, "application/json");
        request.Headers.Authorization = Basic("root", Password);
        request.Headers.Add("Origin", "https://evil.example");

        using var response = await api.CreateClient().SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("Basic !!!")]
    [InlineData("Basic bm9jb2xvbg==")]
    [InlineData("Digest x")]
    [InlineData("Bearer ")]
    [InlineData("Bearer rates-0123456789ab-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Credentials_of_no_use_are_401_even_where_reads_are_open(string authorization)
    {
        await using var api = new ApiFixture();
        await ReadyAsync(api);

        await api.ProblemAsync("/v1/rates", HttpStatusCode.Unauthorized, ("Authorization", authorization));
    }

    internal static AuthenticationHeaderValue Basic(string user, string password) => new(
        "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    /// <summary>Makes a user, in force from now on.</summary>
    internal static async Task SignedUpAsync(ApiFixture api, string name, AccessRole role, bool alone = false, int iterations = 1000)
    {
        await ReadyAsync(api);
        var accessStore = api.Services.GetRequiredService<AccessStore>();
        await accessStore.EditUserAsync(
            name, 0, new() { Role = role, Password = new PasswordHasher(iterations).Hash(Password) }, "test", "made", Token);
        if (alone)
        {
            var admin = (await accessStore.ReadUsersAsync(Token))["admin"];
            await accessStore.EditUserAsync("admin", admin.Revision, null, "test", "deleted", Token);
        }

        await api.Services.GetRequiredService<AccessDirectory>().RefreshAsync(Token);
    }

    internal static async Task<HttpResponseMessage> SendAsync(
        ApiFixture api, string method, string path, AuthenticationHeaderValue? by = null, string? body = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = by;
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await api.CreateClient().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
    }

    private static Task ReadyAsync(ApiFixture api) => Eventually.IsAsync(
        () => api.Services.GetRequiredService<AccessDirectory>().Current is not null, Token);

    // Façades answer rates, like the routes that are listed.
    private static bool IsFacade(string pattern) =>
        Facades.All.Any(facade => pattern.StartsWith($"/{facade.Name}/", StringComparison.Ordinal));

    /// <summary>
    /// The operators' routes, such as <c>GET /v1/ops/runs</c>, in order. The paths of release 0.2 below /v1/ops/providers are other names
    /// of some of them, and HEAD is GET without its body.
    /// </summary>
    internal static List<string> OperatorRoutes(ApiFixture api) =>
    [
        .. Routes(api).Where(route => route.Method != "HEAD" && route.Pattern.StartsWith("/v1/ops", StringComparison.Ordinal)
                && !route.Pattern.StartsWith("/v1/ops/providers", StringComparison.Ordinal))
            .Select(route => $"{route.Method} {route.Pattern}").Order(StringComparer.Ordinal),
    ];

    internal static IEnumerable<(string Method, string Pattern)> Routes(ApiFixture api) =>
        from endpoint in api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (method, "/" + endpoint.RoutePattern.RawText!.TrimStart('/'));

    private static string Filled(string pattern) =>
        string.Join('/', pattern.Split('/').Select(part => part.Contains('{', StringComparison.Ordinal)
        ? RoutePatternFactory.Parse(part).Parameters[0].Name is "documentName" ? "v1.json" : "usd"
        : part));
}
