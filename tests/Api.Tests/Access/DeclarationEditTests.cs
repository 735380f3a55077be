using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>Declared providers through the interface.</summary>
public sealed class DeclarationEditTests : IAsyncLifetime
{
    private const string Path = "/v1/ops/declared/acme";
    private static readonly AuthenticationHeaderValue Anna = AccessTests.Basic("anna", "correct horse battery");

    private readonly ApiFixture _api = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SourceStore Book => _api.Services.GetRequiredService<SourceStore>();

    public async ValueTask InitializeAsync() => await AccessTests.SignedUpAsync(_api, "anna", AccessRole.Ops);

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_provider_is_declared_replaced_and_retired_under_revisions()
    {
        await using var worker = AnsweringWorker.OfDeclarations(_api.Services);

        var (made, shown) = await SendAsync("PUT", Path, """{"name":"Acme Bank","read":{"rate":"1.0"}}""", "\"0\"");
        var revision = shown.GetProperty("revision").GetInt64();
        var (late, conflict) = await SendAsync("PUT", Path, """{"name":"Other"}""", "\"0\"");
        var (replaced, _) = await SendAsync("PUT", Path, """{"name":"Acme Bank again"}""", $"\"{revision}\"");
        var (retired, gone) = await SendAsync("DELETE", Path, ifMatch: "*");
        var (_, list) = await SendAsync("GET", "/v1/ops/declared");
        var (_, older) = await SendAsync("GET", "/v1/ops/providers");
        var (unknown, _) = await SendAsync("DELETE", "/v1/ops/declared/nobody", ifMatch: "*");

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NotFound),
            (made, late, replaced, retired, unknown));
        Assert.Contains($"has the revision {revision} now", conflict.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("Acme Bank", shown.GetProperty("block").GetProperty("name").GetString());
        Assert.True(gone.GetProperty("retired").GetBoolean());
        Assert.Equal("Acme Bank again", list[0].GetProperty("name").GetString());
        Assert.Equal(list.GetRawText(), older.GetRawText());
        var changes = (await _api.Services.GetRequiredService<IOperatorDocuments>().ReadChangesAsync(10, Token))
            .Where(change => change.Note.What == "declaration").Select(change => (change.Note.By, change.Note.To.Split(',')[0])).ToList();
        Assert.Equal([("anna", "retired"), ("anna", "declared"), ("anna", "declared")], changes);
    }

    [Fact]
    public async Task A_refused_declaration_names_everything_and_is_not_stored()
    {
        await using var worker = AnsweringWorker.OfDeclarations(_api.Services);

        var (status, problem) = await SendAsync("PUT", Path, """{"name":"evil"}""", "*");
        var (badKey, _) = await SendAsync("PUT", "/v1/ops/declared/a_b", "{}", "*");
        var (notJson, _) = await SendAsync("PUT", Path, "{", "*");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (status, badKey, notJson));
        Assert.Equal(
            "address: 'https://evil.example/' is not allowed; read.rows: is missing", problem.GetProperty("detail").GetString());
        Assert.Empty(await Book.ReadDeclarationsAsync(Token));
    }

    [Fact]
    public async Task A_dry_run_answers_the_figures_and_stores_nothing()
    {
        await using var worker = AnsweringWorker.OfDeclarations(_api.Services);

        var (tried, answer) = await SendAsync("POST", "/v1/ops/declared/acme/dry-run", """{"block":{"name":"Acme"},"day":"2026-08-20"}""");
        var (both, _) = await SendAsync("POST", "/v1/ops/declared/acme/dry-run", """{"block":{},"body":"x","base64":"eA=="}""");
        var (evil, _) = await SendAsync("POST", "/v1/ops/declared/acme/dry-run", """{"block":{"name":"evil"}}""");
        var (none, _) = await SendAsync("POST", "/v1/ops/declared/acme/dry-run", "{}");
        var (other, _) = await SendAsync("POST", "/v1/ops/declared/acme/dry-run", """{"block":{"name":"Acme"},"key":"mybank"}""");
        var (older, _) = await SendAsync("POST", "/v1/ops/providers/dry-run", """{"block":{"name":"Acme"},"key":"acme"}""");

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest),
            (tried, both, evil, none, other));
        Assert.Equal(HttpStatusCode.OK, older);
        Assert.Equal("acme", SourceText.ReadDryRun(worker.Asked[0].Asked).Key);
        Assert.Equal("0.8654", answer.GetProperty("figures")[0].GetProperty("rate").GetRawText());
        Assert.Equal(new DateOnly(2026, 8, 20), SourceText.ReadDryRun(worker.Asked[0].Asked).Day);
        Assert.Empty(await Book.ReadDeclarationsAsync(Token));
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
