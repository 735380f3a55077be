using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ModelContextProtocol;

namespace Rates.Api.Tests;

public sealed partial class AssistantTests
{
    [Theory]
    [InlineData("""{"name":"get_rates","arguments":{"quotes":"USD","quotes":"GBP"}}""", "arguments.quotes")]
    [InlineData("""{"name":"get_rates","arguments":{"quotes":"USD","quote\u0073":"GBP"}}""", "arguments.quotes")]
    [InlineData("""{"name":"get_rates","arguments":{"quotes":[{"a":1,"b":{},"a":2}]}}""", "arguments.quotes.a")]
    [InlineData("""{"name":"get_rates","arguments":{},"arguments":{}}""", "arguments")]
    [InlineData("""{"name":"get_rates","_meta":{"a":{},"a":{}}}""", "_meta.a")]
    [InlineData("""{"name":"get_rates"},"params":{}""", "params", McpErrorCode.InvalidRequest)]
    [InlineData("""{"name":"get_rates"},"method":"tools/list" """, "method", McpErrorCode.InvalidRequest)]
    public async Task A_member_that_is_given_twice_is_named(
        string parameters, string member, McpErrorCode code = McpErrorCode.InvalidParams)
    {
        await using var api = new ApiFixture();

        var (status, answer) = await SendAsync(api, $$"""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{{parameters}}}""");
        var (notified, _) = await SendAsync(api, $$"""{"jsonrpc":"2.0","method":"notifications/x","params":{{parameters}}}""");

        var error = answer!.Value.GetProperty("error");
        var expected = code == McpErrorCode.InvalidParams ? HttpStatusCode.OK : HttpStatusCode.BadRequest;
        Assert.Equal((expected, 7), (status, answer.Value.GetProperty("id").GetInt32()));
        Assert.Equal(
            ((int)code, $"{member}: may be given only once"),
            (error.GetProperty("code").GetInt32(), error.GetProperty("message").GetString()));
        Assert.Equal(HttpStatusCode.BadRequest, notified);
    }

    [Theory]
    [InlineData("{", -32700, null, "message: is no JSON: it cannot be read at line 1, byte 2")]
    [InlineData("", -32700, null, "message: is empty; one JSON object is needed")]
    [InlineData("{} x", -32700, null, "message: is no JSON: it cannot be read at line 1, byte 4")]
    [InlineData("5", -32600, null, "message: '5' is no JSON object")]
    [InlineData("null", -32600, null, "message: 'null' is no JSON object")]
    [InlineData("[]", -32600, null, "message: '[]' is a list; send one message at a time, the protocol has no batches")]
    [InlineData("[{}]", -32600, null, "message: '[{}]' is a list; send one message at a time, the protocol has no batches")]
    [InlineData(
        """{"jsonrpc":"2.0","id":1,"method":"ping","extra":1}""", -32600, "1",
        "extra: a message has no such member; known are jsonrpc, id, method, params, result, error")]
    [InlineData("""{"id":1,"method":"ping"}""", -32600, "1", "jsonrpc: is missing; it is \"2.0\"")]
    [InlineData("""{"jsonrpc":"1.0","id":"a","method":"ping"}""", -32600, "\"a\"", "jsonrpc: '\"1.0\"' is not \"2.0\"")]
    [InlineData("""{"jsonrpc":2.0,"id":1,"method":"ping"}""", -32600, "1", "jsonrpc: '2.0' is not \"2.0\"")]
    [InlineData(
        """{"jsonrpc":"2.0","id":true,"method":"ping"}""", -32600, null,
        "id: 'true' is neither a text nor a whole number; a notification has none")]
    [InlineData(
        """{"jsonrpc":"2.0","id":null,"method":"ping"}""", -32600, null,
        "id: 'null' is neither a text nor a whole number; a notification has none")]
    [InlineData(
        """{"jsonrpc":"2.0","id":1.5,"method":"ping"}""", -32600, null,
        "id: '1.5' is neither a text nor a whole number; a notification has none")]
    [InlineData(
        """{"jsonrpc":"2.0","id":{"a":[1]},"method":"ping"}""", -32600, null,
        "id: '{\"a\":[1]}' is neither a text nor a whole number; a notification has none")]
    [InlineData(
        """{"jsonrpc":"2.0","id":"\ud800","method":"ping"}""", -32600, null,
        "id: '\"\\ud800\"' is neither a text nor a whole number; a notification has none")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":5}""", -32600, "1", "method: '5' is no text")]
    [InlineData("""{"jsonrpc":"2.0","method":null}""", -32600, null, "method: 'null' is no text")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"\ud800"}""", -32600, "1", "method: '\"\\ud800\"' is no text")]
    [InlineData("""{"jsonrpc":"2.0","id":1}""", -32600, "1", "method: is missing")]
    [InlineData("""{"jsonrpc":"2.0","result":{}}""", -32600, null, "id: is missing; a response has that of its request")]
    [InlineData(
        """{"jsonrpc":"2.0","id":1,"error":{"code":"x"}}""", -32600, "1",
        "error: '{\"code\":\"x\"}' is no JSON object with a whole number as code and a text as message")]
    [InlineData(null, -32700, null, "message: is no JSON: it cannot be read at line 1, byte 92")]
    public async Task A_message_that_is_none_of_json_rpc_is_refused_with_what_is_wrong(string? message, int code, string? id, string text)
    {
        await using var api = new ApiFixture();

        message ??= $$"""{"jsonrpc":"2.0","id":1,"x":{{new string('[', 100)}}{{new string(']', 100)}}}""";

        var (status, answer) = await SendAsync(api, message);

        var error = answer!.Value.GetProperty("error");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(("2.0", id ?? "null"), (answer.Value.GetProperty("jsonrpc").GetString(), answer.Value.GetProperty("id").GetRawText()));
        Assert.Equal((code, text), (error.GetProperty("code").GetInt32(), error.GetProperty("message").GetString()));
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":"","method":"ping"}""", HttpStatusCode.OK)]
    [InlineData("""{"jsonrpc":"2.0","id":9223372036854775807,"method":"ping","params":{}}""", HttpStatusCode.OK)]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", HttpStatusCode.Accepted)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{}}""", HttpStatusCode.Accepted)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"x"}}""", HttpStatusCode.Accepted)]
    public async Task A_message_of_json_rpc_is_taken(string message, HttpStatusCode expected)
    {
        await using var api = new ApiFixture();

        var (status, answer) = await SendAsync(api, message);

        Assert.Equal(expected, status);
        Assert.False(answer is { } one && one.TryGetProperty("error", out _));
    }

    private static async Task<(HttpStatusCode Status, JsonElement? Answer)> SendAsync(ApiFixture api, string message)
    {
        using var client = api.CreateClient();
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json, text/event-stream");
        using var body = new StringContent(message, new MediaTypeHeaderValue("application/json"));
        using var response = await client.PostAsync("/mcp", body, Token);
        var text = (await response.Content.ReadAsStringAsync(Token)).Split("data: ")[^1];
        return (response.StatusCode, text.StartsWith('{') ? JsonDocument.Parse(text).RootElement : null);
    }

    [Fact]
    public async Task A_handshake_that_cannot_be_read_is_an_error_of_the_protocol()
    {
        await using var api = new ApiFixture();
        using var client = api.CreateClient();
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json, text/event-stream");
        const string who = """
            "clientInfo":{"name":"x","version":"1"}
            """;
        (string Parameters, string Message)[] calls =
        [
            ("{}", "protocolVersion: is missing"),
            ("{}\uFEFF", "protocolVersion: is missing"),
            ("[]", "params: is no JSON object of names and values"),
            ($$"""{"protocolVersion":1,"capabilities":{},{{who}}}""", "protocolVersion: '1' is no JSON text"),
            ($$"""{"protocolVersion":"2025-06-18","capabilities":5,{{who}}}""", "capabilities: '5' is no JSON object"),
            ("""{"protocolVersion":"2025-06-18","capabilities":{}}""", "clientInfo: is missing"),
            ("""{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"x"}}""", "clientInfo.version: is missing"),
            ($$"""{"protocolVersion":"2025-06-18","capabilities":{"roots":5},{{who}}}""",
                "params: one is missing or has another JSON type than the protocol says"),
        ];
        foreach (var (parameters, message) in calls)
        {
            // The mark stands before the message.
            using var body = new StringContent(
                parameters[(parameters.TrimEnd('\uFEFF').Length)..]
                    + $$"""{"jsonrpc":"2.0","id":"a","method":"initialize","params":{{parameters.TrimEnd('\uFEFF')}}}""",
                new MediaTypeHeaderValue("application/json"));
            using var response = await client.PostAsync("/mcp", body, Token);
            var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token)).RootElement;

            Assert.Equal((HttpStatusCode.OK, "application/json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
            Assert.Equal(("2.0", "a"), (answer.GetProperty("jsonrpc").GetString(), answer.GetProperty("id").GetString()));
            Assert.Equal((int)McpErrorCode.InvalidParams, answer.GetProperty("error").GetProperty("code").GetInt32());
            Assert.Equal(message, answer.GetProperty("error").GetProperty("message").GetString());
        }
    }

    [Fact]
    public async Task A_body_of_another_type_is_refused()
    {
        await using var api = new ApiFixture();

        using var form = await api.CreateClient().PostAsync("/mcp", new FormUrlEncodedContent([]), Token);

        var problem = await ApiFixture.ProblemIn(form, HttpStatusCode.UnsupportedMediaType);
        Assert.Equal("/mcp does not read application/x-www-form-urlencoded", problem.GetProperty("detail").GetString());
    }
}
