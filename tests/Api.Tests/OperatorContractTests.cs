using System.Net;
using System.Text.Json.Nodes;
using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>The answers to operators are what the OpenAPI document says of them.</summary>
public sealed class OperatorContractTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";

    // Every operation, in an order in which each finds what it needs. {command} and {key} stand for ids of answers before.
    private static readonly (string Method, string Path, string? Query, string? Body)[] Requests =
    [
        ("GET", "/v1/ops/me", null, null),
        ("GET", "/v1/ops/schedules", null, null),
        ("GET", "/v1/ops/schedules/{provider}", null, null),
        ("PUT", "/v1/ops/schedules/{provider}", null, ""),
        ("POST", "/v1/ops/schedules/{provider}/preview", null, ""),
        ("POST", "/v1/ops/schedules/{provider}/pause", null, null),
        ("POST", "/v1/ops/schedules/{provider}/resume", null, null),
        ("DELETE", "/v1/ops/schedules/{provider}", null, null),
        ("POST", "/v1/ops/schedules/{provider}/run", null, null),
        ("POST", "/v1/ops/schedules/{provider}/clear-hold", null, null),
        ("POST", "/v1/ops/schedules/{provider}/backfill", null, ""),
        ("GET", "/v1/ops/quarantine", "?provider=ecb", null),
        ("POST", "/v1/ops/quarantine/{provider}/{id}/release", null, ""),
        ("POST", "/v1/ops/quarantine/{provider}/{id}/discard", null, ""),
        ("POST", "/v1/ops/replay/{provider}", null, ""),
        ("GET", "/v1/ops/commands", null, null),
        ("GET", "/v1/ops/commands/{id}", null, null),
        ("GET", "/v1/ops/commands/{id}/result", null, null),
        ("GET", "/v1/ops/evidence/{provider}", "?count=5", null),
        ("GET", "/v1/ops/runs", "?provider=ecb&count=5", null),
        ("GET", "/v1/ops/workers", null, null),
        ("GET", "/v1/ops/channels", null, null),
        ("GET", "/v1/ops/endpoints", null, null),
        ("GET", "/v1/ops/endpoints/{provider}", null, null),
        ("PUT", "/v1/ops/endpoints/{provider}", null, ""),
        ("POST", "/v1/ops/endpoints/{provider}/preview", null, ""),
        ("DELETE", "/v1/ops/endpoints/{provider}", null, null),
        ("GET", "/v1/ops/declared", null, null),
        ("GET", "/v1/ops/declared/{provider}", null, null),
        ("PUT", "/v1/ops/declared/{provider}", null, ""),
        ("POST", "/v1/ops/declared/{provider}/dry-run", null, ""),
        ("DELETE", "/v1/ops/declared/{provider}", null, null),
        ("GET", "/v1/ops/webhooks", null, null),
        ("GET", "/v1/ops/webhooks/{name}", null, null),
        ("PUT", "/v1/ops/webhooks/{name}", null, ""),
        ("POST", "/v1/ops/webhooks/{name}/pause", null, null),
        ("POST", "/v1/ops/webhooks/{name}/resume", null, null),
        ("POST", "/v1/ops/webhooks/{name}/test", null, null),
        ("GET", "/v1/ops/webhooks/{name}/dead-letters", null, null),
        ("POST", "/v1/ops/webhooks/{name}/dead-letters/{id}/send-again", null, null),
        ("DELETE", "/v1/ops/webhooks/{name}/dead-letters/{id}", null, null),
        ("DELETE", "/v1/ops/webhooks/{name}", null, null),
        ("POST", "/v1/ops/keys", null, ""),
        ("GET", "/v1/ops/keys", null, null),
        ("DELETE", "/v1/ops/keys/{id}", null, null),
        ("PUT", "/v1/ops/users/{name}", null, ""),
        ("GET", "/v1/ops/users", null, null),
        ("DELETE", "/v1/ops/users/{name}", null, null),
        ("GET", "/v1/ops/archive", null, null),
        ("POST", "/v1/ops/archive", null, ""),
        ("GET", "/v1/ops/audit", "?count=20", null),
        ("GET", "/v1/ops/events", null, null),
    ];

    // They ask a worker, and none is here, or need what a worker has checked before: what they answer is a problem.
    private static readonly string[] OfWorkers =
    [
        "/v1/ops/endpoints/{provider}", "/v1/ops/endpoints/{provider}/preview", "/v1/ops/declared/{provider}",
        "/v1/ops/declared/{provider}/dry-run", "PUT /v1/ops/webhooks/{name}", "/v1/ops/webhooks/{name}/test",
    ];

    private readonly ApiFixture _api = new();
    private JsonObject _document = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await AccessTests.SignedUpAsync(_api, "root", AccessRole.Admin);
        _document = JsonNode.Parse(await _api.TextAsync("/openapi/v1.json"))!.AsObject();
        var services = _api.Services;
        await services.GetRequiredService<ISchedules>().FillGapsAsync(
            new Dictionary<string, ScheduleDefinition> { ["ecb"] = new() { Cron = "0 0/5 16-18 ? * MON-FRI", Zone = "Europe/Berlin" } },
            Token);
        await services.GetRequiredService<IQuarantine>().QuarantineAsync(
            new("17-4", Sample.Now, "ecb", Sample.Now, ["too far"], "<xml>", Sample.EcbSheet.Observations), Token);
        await services.GetRequiredService<IRuns>().RecordRunAsync(
            new(Sample.Now, "ecb", Sample.Now, "worker-1", "published", "", TimeSpan.FromSeconds(1), 1, 2048, 12), Token);
        await services.GetRequiredService<IWorkers>().BeatAsync("worker-1", Token);
        await WebhookSample.StoreAsync(services, "anna", Token);
        await services.GetRequiredService<IEvidence>().WriteAsync(
            new("ecb", "e", 17, Sample.Now, Sample.Today, Sample.Today, Sample.Today,
                [new("https://ecb.example/daily.xml", Sample.Now, new Dictionary<string, string>(), new('0', 64), 7)]),
            new Dictionary<string, ReadOnlyMemory<byte>>(), Token);
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Every_operation_of_operators_is_described_and_answers_as_described()
    {
        var described = _document["paths"]!.AsObject().Where(path => path.Key.StartsWith("/v1/ops", StringComparison.Ordinal))
            .SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}"));
        var mapped = AccessTests.OperatorRoutes(_api);
        Assert.Equal(mapped, described.Order(StringComparer.Ordinal));
        Assert.Equal(mapped, Requests.Select(request => $"{request.Method} {request.Path}").Order(StringComparer.Ordinal));
        var (command, key) = ("", "");
        foreach (var (method, template, query, body) in Requests)
        {
            var operation = _document["paths"]![template]![method.ToLowerInvariant()]!.AsObject();
            var path = template.Replace("{provider}", "ecb", StringComparison.Ordinal).Replace("{name}", "anna", StringComparison.Ordinal)
                .Replace("{id}", template.Contains("keys", StringComparison.Ordinal) ? key
                    : template.Contains("quarantine", StringComparison.Ordinal) ? "17-4"
                    : template.Contains("letters", StringComparison.Ordinal) ? "d1" : command, StringComparison.Ordinal);
            var example = body is null ? null : operation["requestBody"]!["content"]!.AsObject().Single().Value!["example"]!;
            var sent = example is JsonValue lines ? lines.GetValue<string>() : example?.ToJsonString();
            using var response = await AccessTests.SendAsync(
                _api, method, path + query, AccessTests.Basic("root", Password), sent, HasHeader(operation) ? "*" : null);
            var answer = await Contract.CheckAsync(operation, $"{method} {path}", response);

            Assert.True(
                response.IsSuccessStatusCode || OfWorkers.Contains(template) || OfWorkers.Contains($"{method} {template}"),
                $"{method} {path}: {response.StatusCode} {answer}");
            if (template.StartsWith("/v1/ops/replay", StringComparison.Ordinal))
            {
                command = answer!["id"]!.GetValue<string>();
                await ReplayedAsync(command);
            }

            key = template == "/v1/ops/keys" && method == "POST" ? answer!["id"]!.GetValue<string>() : key;
        }
    }

    [Theory]
    [InlineData("GET", "/v1/ops/schedules/{provider}", "/v1/ops/schedules/nobody", null, null, HttpStatusCode.NotFound)]
    [InlineData("PUT", "/v1/ops/schedules/{provider}", "/v1/ops/schedules/ecb", "{}", null, HttpStatusCode.PreconditionRequired)]
    [InlineData("PUT", "/v1/ops/schedules/{provider}", "/v1/ops/schedules/ecb", "{}", "\"999\"", HttpStatusCode.Conflict)]
    [InlineData("PUT", "/v1/ops/schedules/{provider}", "/v1/ops/schedules/ecb", "[]", "*", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/v1/ops/runs", "/v1/ops/runs?count=0", null, null, HttpStatusCode.BadRequest)]
    [InlineData("DELETE", "/v1/ops/keys/{id}", "/v1/ops/keys/0", null, null, HttpStatusCode.NotFound)]
    public async Task A_refusal_is_described_too(
        string method, string template, string path, string? body, string? ifMatch, HttpStatusCode status)
    {
        using var response = await AccessTests.SendAsync(_api, method, path, AccessTests.Basic("root", Password), body, ifMatch);

        Assert.Equal(status, response.StatusCode);
        await Contract.CheckAsync(_document["paths"]![template]![method.ToLowerInvariant()]!.AsObject(), path, response);
    }

    [Fact]
    public void Every_operation_of_operators_says_how_to_sign_in()
    {
        var schemes = _document["components"]!["securitySchemes"]!.AsObject().Select(scheme => scheme.Key).Order();
        Assert.Equal(["apiKey", "bearer", "password"], schemes);

        foreach (var (path, operations) in _document["paths"]!.AsObject())
        {
            foreach (var (_, operation) in operations!.AsObject())
            {
                var ways = operation!["security"]?.AsArray().SelectMany(way => way!.AsObject().Select(one => one.Key)).Order();
                Assert.Equal(path.StartsWith("/v1/ops", StringComparison.Ordinal) ? schemes : null, ways);
            }
        }
    }

    private static bool HasHeader(JsonObject operation) =>
        operation["parameters"]?.AsArray().Any(parameter => parameter!["name"]!.GetValue<string>() == "If-Match") == true;

    private async Task ReplayedAsync(string id)
    {
        var book = _api.Services.GetRequiredService<CommandStore>();
        var asked = (await book.ReadAsync(Token))[id];
        await book.UpdateAsync(id, asked.Revision, asked.Value with { State = CommandState.Done, EndedAt = Sample.Now }, Token);
        await _api.Services.GetRequiredService<IEvidence>().WriteReplayAsync(
            "ecb", id, new(1, [new(17, Sample.EcbSheet.Observations[0], 1m)], ["version 18: cut"], 1) { StoredAt = Sample.Now }, Token);
    }
}
