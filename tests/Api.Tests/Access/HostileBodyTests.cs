using System.Text.Json.Nodes;
using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>
/// Every route of operators that reads a body is sent its own example with each part of it replaced: whatever comes, the answer is a
/// problem that says what is wrong, or the change is made; never a fault of ours.
/// </summary>
public sealed class HostileBodyTests
{
    private static readonly string[] Replacements =
    [
        "null", "true", "0", "-1", "1e400", "123456789012345678901234567890", "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"",
        "\"\\r\\nX-Evil: 1\"", "\"<script>alert(1)</script>\"", "\"../../etc/passwd\"", "\"0001-01-01\"", "\"9999-12-31\"",
        "\"-10675199.02:48:05.4775808\"", "\"10675199.02:48:05.4775807\"", "[]", "[null]", "[[]]", "{}", "{\"a\":null}",
        "{\"file\":null}", "{\"a\":{\"file\":\"../x\"}}",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_body_is_answered_with_a_fault_of_ours()
    {
        await using var api = new ApiFixture();
        await AccessTests.SignedUpAsync(api, "root", AccessRole.Admin);
        await api.Services.GetRequiredService<ISchedules>().FillGapsAsync(
            new Dictionary<string, ScheduleDefinition> { ["ecb"] = new() { Cron = "0 0/5 16-18 ? * MON-FRI", Zone = "Europe/Berlin" } },
            Token);
        await using var worker = new AnsweringWorker(api.Services, Answer);
        List<string> faults = [];
        var sent = 0;
        foreach (var (method, path, example) in Routes(api))
        {
            foreach (var body in Bodies(example))
            {
                using var answer = await AccessTests.SendAsync(
                    api, method, path, AccessTests.Basic("root", "correct horse battery"), body, "*");
                sent++;
                var text = await answer.Content.ReadAsStringAsync(Token);
                var status = (int)answer.StatusCode;
                if (status >= 500 || (status >= 400 && !text.Contains("\"detail\":\"", StringComparison.Ordinal)))
                {
                    faults.Add($"{method} {path} {body[..Math.Min(200, body.Length)]}: {status} {text}");
                }
            }
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
        Assert.True(sent > 500, $"{sent} bodies were sent");
    }

    [Theory]
    [InlineData("", "body: is empty, an object is needed")]
    [InlineData(" \n", "body: is empty, an object is needed")]
    [InlineData("{", "body: is no JSON: it cannot be read at line 1, byte 2")]
    [InlineData("{\n\"cron\": x}", "body: is no JSON: it cannot be read at line 2, byte 9")]
    [InlineData("""{"cron":"1","cron":"2"}""", "cron: may be given only once")]
    [InlineData("""{"cron":{"a":1,"a":2}}""", "cron.a: may be given only once")]
    [InlineData("null", "body: is null, an object is needed")]
    public async Task What_is_wrong_with_a_body_is_told_without_words_of_the_program(string body, string detail)
    {
        await using var api = new ApiFixture();
        await AccessTests.SignedUpAsync(api, "root", AccessRole.Admin);

        using var answer = await AccessTests.SendAsync(
            api, "PUT", "/v1/ops/schedules/ecb", AccessTests.Basic("root", "correct horse battery"), body, "*");

        var problem = await ApiFixture.ProblemIn(answer, System.Net.HttpStatusCode.BadRequest);
        Assert.Equal(detail, problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_body_that_is_too_large_or_no_json_is_refused_by_its_kind()
    {
        await using var api = await KestrelApi.StartAsync(Sample.Store());
        await Testing.Eventually.IsAsync(() => api.Services.GetRequiredService<AccessDirectory>().Current is not null, Token);
        await api.Services.GetRequiredService<AccessStore>().EditUserAsync(
            "root", 0, new() { Role = AccessRole.Admin, Password = new PasswordHasher(1000).Hash("correct horse battery") }, "test", "made",
            Token);
        await api.Services.GetRequiredService<AccessDirectory>().RefreshAsync(Token);

        Assert.Equal("413", await PutAsync("", "application/json", 10 << 20));
        Assert.Equal("415", await PutAsync("""{"cron":"0 0 9 * * ?"}""", "text/plain"));
        Assert.Equal("415", await PutAsync("cron=0", "application/x-www-form-urlencoded"));
        Assert.Equal("400", await PutAsync(new string('[', 100_000), "application/json"));
        Assert.Equal("400", await PutAsync($$"""{"cron":"{{new string('0', 200_000)}}"}""", "application/json"));
        Assert.Equal("400", await PutAsync("", "application/json"));

        async Task<string> PutAsync(string body, string type, int? length = null)
        {
            var answer = await api.ExchangeAsync(
                $"PUT /v1/ops/schedules/ecb HTTP/1.1\r\nHost: x\r\nConnection: close\r\nIf-Match: *\r\nContent-Type: {type}\r\n"
                + $"Authorization: {AccessTests.Basic("root", "correct horse battery")}\r\nContent-Length: {length ?? body.Length}\r\n\r\n"
                + body);
            return answer.Split(' ')[1];
        }
    }

    private static string Answer(WorkerQuestion question) => question.Kind switch
    {
        QuestionKind.Endpoint => SourceText.Write(new EndpointAnswer([], new() { Provider = question.Provider, Worker = "worker-1" })),
        QuestionKind.Declaration => SourceText.Write(new DeclarationAnswer([])),
        _ => SourceText.Write(new DryRunAnswer { Worker = "worker-1" }),
    };

    private static IEnumerable<(string Method, string Path, string Example)> Routes(ApiFixture api) =>
        from endpoint in api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let reads = endpoint.Metadata.GetMetadata<RequestBodyDescription>()
        where reads is { ContentType: "application/json" } && endpoint.Metadata.GetMetadata<RequiredRole>() is not null
        let path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
        select (
            endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0],
            path.Replace(
                    "{provider}", path.EndsWith("/providers/{provider}", StringComparison.Ordinal) ? "mybank" : "ecb",
                    StringComparison.Ordinal)
                .Replace("{id}", "17-4", StringComparison.Ordinal).Replace("{name}", "carl", StringComparison.Ordinal),
            reads.Example);

    /// <summary>The example with each of its members replaced in turn, and texts that are no such object.</summary>
    private static IEnumerable<string> Bodies(string example)
    {
        string[] broken = ["", "{", "[", "\"", "nul", "{\"a\":1,\"a\":2}", new string('[', 5000)];
        foreach (var whole in Replacements.Concat(broken))
        {
            yield return whole;
        }

        foreach (var path in Paths(JsonNode.Parse(example)!, []).ToList())
        {
            foreach (var replacement in Replacements)
            {
                yield return Replaced(example, path, replacement);
            }

            yield return Replaced(example, path, $"\"{new string('x', 100_000)}\"");
        }
    }

    private static IEnumerable<IReadOnlyList<object>> Paths(JsonNode node, IReadOnlyList<object> path) => node switch
    {
        JsonObject members => members.SelectMany(member => Paths(member.Value!, [.. path, member.Key]).Prepend([.. path, member.Key])),
        JsonArray items => items.SelectMany((item, place) => Paths(item!, [.. path, place]).Prepend([.. path, place])),
        _ => [],
    };

    // By text, as many of the replacements are nothing that a tree of nodes can hold.
    private static string Replaced(string example, IReadOnlyList<object> path, string replacement)
    {
        const string Mark = "\"--here--\"";
        var root = JsonNode.Parse(example)!;
        var parent = path.SkipLast(1).Aggregate(root, (node, step) => step is int place ? node[place]! : node[(string)step]!);
        if (path[^1] is int last)
        {
            parent[last] = "--here--";
        }
        else
        {
            parent[(string)path[^1]] = "--here--";
        }

        return root.ToJsonString().Replace(Mark, replacement, StringComparison.Ordinal);
    }
}
