using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Rates.Api.Tests;

public sealed partial class AssistantTests
{
    [Fact]
    public async Task Numbers_booleans_and_lists_are_taken_as_the_texts_that_they_stand_for()
    {
        await using var api = new ApiFixture();
        await using var client = await ClientAsync(api);

        var converted = await CallRawAsync(
            client, "convert", new() { ["amount"] = 1.10m, ["from"] = "EUR", ["to"] = "USD", ["round"] = 1, ["date"] = null });
        var history = await CallRawAsync(
            client, "get_history", new() { ["quotes"] = new[] { "USD", "GBP" }, ["filled"] = true, ["providers"] = "ecb" });

        Assert.Contains("\"amount\":1.10,", TextOf(converted), StringComparison.Ordinal);
        Assert.Contains("\"result\":1.3,", TextOf(converted), StringComparison.Ordinal);
        Assert.Equal(2, history.StructuredContent!.Value.GetProperty("answer").GetProperty("series").GetArrayLength());
        Assert.Contains("\"asOf\":[", TextOf(history), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_argument_that_is_unknown_missing_or_of_no_use_is_named()
    {
        await using var api = new ApiFixture();
        await using var client = await ClientAsync(api);

        var unknown = await CallRawAsync(client, "get_rates", new() { ["currency"] = "USD" });
        var missing = await CallRawAsync(client, "convert", new() { ["amount"] = 1, ["from"] = "EUR" });
        var empty = await CallRawAsync(client, "convert", []);
        var nothing = await CallRawAsync(client, "get_pair", new() { ["base"] = new { code = "EUR" }, ["quote"] = "USD" });

        Assert.All((CallToolResult[])[unknown, missing, empty, nothing], result => Assert.True(result.IsError));
        Assert.Equal(
            "currency: there is no such argument here; known are base, quotes, providers, select, date, policy, knownAt", TextOf(unknown));
        Assert.Equal(("to: is missing", "to: is missing"), (TextOf(missing), TextOf(empty)));
        Assert.StartsWith("base: '{\"code\":\"EUR\"}' is neither", TextOf(nothing), StringComparison.Ordinal);
    }

    // Without the package's client, which sends no such message.
    [Fact]
    public async Task Parameters_of_a_wrong_type_are_named_and_no_failure_of_the_server()
    {
        await using var api = new ApiFixture();
        using var client = api.CreateClient();
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json, text/event-stream");
        (string Method, string Parameters, string Message)[] calls =
        [
            ("tools/call", """{"name":"get_rates","arguments":"abc"}""", "arguments: '\"abc\"' is no JSON object of names and values"),
            ("tools/call", """{"name":"get_rates","arguments":[1]}""", "arguments: '[1]' is no JSON object of names and values"),
            ("tools/call", """{"name":"get_rates","arguments":{"quotes":["\ud800"]}}""", "quotes: a text holds half of a surrogate pair"),
            ("tools/call", """{"name":"get_rates","arguments":{"\ud800":"x"}}""", "arguments: a text holds half of a surrogate pair"),
            ("tools/call", """{"name":"get_rates","_meta":5}""", "_meta: has another JSON type"),
            ("tools/call", """{"name":5}""", "name: '5' is no text; tools/list names the tools"),
            ("tools/call", """{"arguments":{}}""", "name: 'null' is no text"),
            ("tools/call", "[]", "params: '[]' is no JSON object"),
            ("tools/list", """{"cursor":5}""", "cursor: has another JSON type"),
        ];
        foreach (var (method, parameters, message) in calls)
        {
            using var body = new StringContent(
                $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""",
                new MediaTypeHeaderValue("application/json"));
            using var response = await client.PostAsync("/mcp", body, Token);
            var text = await response.Content.ReadAsStringAsync(Token);
            var error = JsonDocument.Parse(text.Split("data: ")[^1]).RootElement.GetProperty("error");

            Assert.Equal((int)McpErrorCode.InvalidParams, error.GetProperty("code").GetInt32());
            Assert.StartsWith(message, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_method_whose_parameters_cannot_be_read_is_refused()
    {
        await using var api = new ApiFixture();
        using var client = api.CreateClient();
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json, text/event-stream");

        using var response = await client.PostAsync(
            "/mcp",
            new StringContent(
                """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}""", new MediaTypeHeaderValue("application/json")),
            Token);
        using var form = await client.PostAsync("/mcp", new FormUrlEncodedContent([]), Token);

        await ApiFixture.ProblemIn(response, HttpStatusCode.BadRequest);
        var problem = await ApiFixture.ProblemIn(form, HttpStatusCode.UnsupportedMediaType);
        Assert.Equal("/mcp does not read application/x-www-form-urlencoded", problem.GetProperty("detail").GetString());
    }
}
