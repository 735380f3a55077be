using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>Addresses, headers and keys of providers through the interface.</summary>
public sealed class EndpointEditTests : IAsyncLifetime
{
    private const string Path = "/v1/ops/endpoints/ecb";
    private static readonly AuthenticationHeaderValue Anna = AccessTests.Basic("anna", "correct horse battery");

    private readonly ApiFixture _api = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SourceStore Book => _api.Services.GetRequiredService<SourceStore>();

    public async ValueTask InitializeAsync() => await AccessTests.SignedUpAsync(_api, "anna", AccessRole.Ops);

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task An_endpoint_is_stored_under_the_revision_that_was_seen_shown_and_taken_back()
    {
        await using var worker = AnsweringWorker.OfEndpoints(_api.Services);

        var (_, before) = await SendAsync("GET", Path);
        var (made, shown) = await SendAsync(
            "PUT", Path,
            """
            {"address":"https://gw.example/ecb/","headers":{"X-Trace":"rates"},"secretHeaders":{"X-Pass":{"file":"pass"}},
             "key":{"variable":"RATES_SECRET_ECB"}}
            """, "\"0\"");
        var (stale, conflict) = await SendAsync("PUT", Path, """{"address":"https://gw.example/other/"}""", "\"0\"");
        var (_, list) = await SendAsync("GET", "/v1/ops/endpoints");
        var revision = shown.GetProperty("revision").GetInt64();
        var (deleted, _) = await SendAsync("DELETE", Path, ifMatch: $"\"{revision}\"");
        var (again, _) = await SendAsync("DELETE", Path, ifMatch: "*");

        Assert.Equal(0, before.GetProperty("revision").GetInt64());
        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.NoContent, HttpStatusCode.NotFound),
            (made, stale, deleted, again));
        Assert.Equal("https://gw.example/ecb/", shown.GetProperty("inForce").GetProperty("address").GetString());
        Assert.Contains($"has the revision {revision} now", conflict.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("pass", list[0].GetProperty("set").GetProperty("secretHeaders").GetProperty("X-Pass").GetProperty("file").GetString());
        Assert.Empty(await Book.ReadEndpointsAsync(Token));
        Assert.Empty(await _api.Services.GetRequiredService<QuestionStore>().ReadAsync(Token));
        var changes = await _api.Services.GetRequiredService<IOperatorDocuments>().ReadChangesAsync(10, Token);
        var change = changes.Single(change => change.Note is { What: "endpoint", From: "" }).Note;
        Assert.Equal(
            ("ecb", "anna",
                "address https://gw.example/ecb/; header X-Trace; header X-Pass from file pass; key from variable RATES_SECRET_ECB"),
            (change.Subject, change.By, change.To));
        Assert.Contains(changes, entry => entry.Note is { What: "endpoint", To: "as it ships" });
    }

    [Fact]
    public async Task A_preview_and_a_refused_change_store_nothing_and_every_problem_is_in_one_message()
    {
        await using var worker = new AnsweringWorker(_api.Services, question => SourceText.Write(
            question.Asked.Contains("evil", StringComparison.Ordinal)
                ? new EndpointAnswer(
                    [new("address", "https://evil.example/", "names the host evil.example"), new("key", "", "takes no key")], null)
                : new EndpointAnswer([], new() { Provider = "ecb" })));

        var (looked, _) = await SendAsync("POST", $"{Path}/preview", """{"address":"https://gw.example/"}""");
        var (refused, problem) = await SendAsync("PUT", Path, """{"address":"https://evil.example/"}""", "*");
        var (unknown, member) = await SendAsync("PUT", Path, """{"adress":"https://gw.example/"}""", "*");
        var (missing, _) = await SendAsync("PUT", Path, "{}");

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.PreconditionRequired),
            (looked, refused, unknown, missing));
        Assert.Equal(
            "address: 'https://evil.example/' names the host evil.example; key: takes no key", problem.GetProperty("detail").GetString());
        Assert.Contains("adress", member.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(await Book.ReadEndpointsAsync(Token));
    }

    [Fact]
    public async Task Without_a_worker_nothing_is_stored_and_the_reason_is_given()
    {
        var (status, problem) = await SendAsync("PUT", Path, """{"address":"https://gw.example/"}""", "*");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("no worker answered", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(await Book.ReadEndpointsAsync(Token));
        Assert.Empty(await _api.Services.GetRequiredService<QuestionStore>().ReadAsync(Token));
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(
        string method, string path, string? body = null, string? ifMatch = null)
    {
        using var response = await AccessTests.SendAsync(_api, method, path, Anna, body, ifMatch);
        var text = await response.Content.ReadAsStringAsync(Token);
        return (response.StatusCode, text.Length > 0 ? JsonDocument.Parse(text).RootElement : default);
    }
}
