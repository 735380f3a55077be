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

    [Theory]
    [InlineData("[[]]")]
    [InlineData("""["USD",["GBP"]]""")]
    [InlineData("""[{"code":"USD"}]""")]
    [InlineData(null)]
    public async Task A_list_in_a_list_is_refused(string? quotes)
    {
        // As deep as the reader of a message allows, with the members around it.
        quotes ??= $"{new string('[', 60)}{new string(']', 60)}";
        await using var api = new ApiFixture();
        var (_, answer) = await SendAsync(
            api,
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_rates","arguments":{"quotes":""" + quotes + "}}}");

        var result = answer!.Value.GetProperty("result");
        Assert.True(result.GetProperty("isError").GetBoolean());
        Assert.Matches(
            "^quotes: '.*' is neither a text nor a number nor a list of these$",
            result.GetProperty("content")[0].GetProperty("text").GetString());
    }

    // Without the package's client, which sends no such message.
    [Theory]
    [InlineData("get_rates", "/v1/rates", "quotes=USD")]
    [InlineData("convert", "/v1/convert", "to=USD")]
    [InlineData("get_history", "/v1/history", "quotes=USD")]
    [InlineData("get_pair", "/v1/rates/EUR/USD", "")]
    public async Task An_empty_argument_is_answered_as_an_empty_parameter_is_and_null_is_none(string tool, string path, string needed)
    {
        await using var api = new ApiFixture();
        await using var client = await ClientAsync(api);
        var given = needed.Length > 0 ? [needed.Split('=')] : new[] { new[] { "base", "EUR" }, ["quote", "USD"] };
        var names = (await client.ListToolsAsync(cancellationToken: Token)).Single(one => one.Name == tool).JsonSchema
            .GetProperty("properties").EnumerateObject().Select(property => property.Name)
            .Where(name => tool != "get_pair" || name is not ("base" or "quote")).ToList();
        Assert.NotEmpty(names);
        foreach (var name in names)
        {
            var without = given.Where(one => one[0] != name).ToDictionary(one => one[0], one => (object?)one[1]);
            var parameters = needed.StartsWith($"{name}=", StringComparison.Ordinal) ? "" : needed;
            using var asked = await api.GetAsync($"{path}?{parameters}&{name}=");
            var expected = JsonDocument.Parse(await asked.Content.ReadAsStringAsync(Token)).RootElement;

            var empty = await CallRawAsync(client, tool, new(without) { [name] = "" });
            var none = await CallRawAsync(client, tool, new(without) { [name] = null });

            Assert.Equal(!asked.IsSuccessStatusCode, empty.IsError == true);
            Assert.Equal(
                asked.IsSuccessStatusCode ? expected.GetRawText() : expected.GetProperty("detail").GetString(),
                asked.IsSuccessStatusCode ? empty.StructuredContent!.Value.GetProperty("answer").GetRawText() : TextOf(empty));
            Assert.Equal(TextOf(await CallRawAsync(client, tool, without)), TextOf(none));
        }
    }

    [Theory]
    [InlineData("list_providers", "currency", "currency: '' is not a three-letter currency code")]
    [InlineData("get_pair", "base", "base: '' is not a three-letter currency code")]
    [InlineData("get_pair", "quote", "quote: '' is not a three-letter currency code")]
    public async Task An_empty_code_is_named(string tool, string name, string message)
    {
        await using var api = new ApiFixture();
        await using var client = await ClientAsync(api);
        Dictionary<string, object?> arguments = tool == "get_pair" ? new() { ["base"] = "EUR", ["quote"] = "USD" } : [];

        var empty = await CallRawAsync(client, tool, new(arguments) { [name] = "" });

        Assert.True(empty.IsError);
        Assert.Equal(message, TextOf(empty));
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
            ("tools/call", """{"name":"get_rates","x":{"\ud800":"x"}}""", "x: a text holds half of a surrogate pair"),
            ("tools/call", "null", "name: is missing; tools/list names the tools"),
            ("tools/call", """{"name":5}""", "name: '5' is no text; tools/list names the tools"),
            ("tools/call", """{"arguments":{}}""", "name: 'null' is no text"),
            ("tools/call", "[]", "params: '[]' is no JSON object"),
            ("tools/list", """{"cursor":5}""", "cursor: has another JSON type"),
            ("tools/list", """{"cursor":"abc"}""", "cursor: '\"abc\"' is none that this server gave"),
            ("tools/list", """{"cursor":""}""", "cursor: '\"\"' is none that this server gave"),
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

    // The package reads them before any filter, so that it fails outside the protocol.
}
