using System.Diagnostics;
using System.Net;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>The tools for assistants at <c>/mcp</c>, called by the package's own client.</summary>
public sealed partial class AssistantTests
{
    // By itself the client gives the first request five seconds and then tries an older protocol. On a machine that is held up it fails
    // instead: this server in memory ends a stream that is given up as a broken one, not as a cancelled one.
    private static McpClientOptions WaitsForAnswers => new()
    {
        DiscoverProbeTimeout = Timeout.InfiniteTimeSpan,
        InitializationTimeout = Timeout.InfiniteTimeSpan,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A client of <c>/mcp</c>.</summary>
    internal static Task<McpClient> ClientAsync(ApiFixture api, params (string Name, string Value)[] headers) => McpClient.CreateAsync(
        new HttpClientTransport(
            new()
            {
                Endpoint = new("http://localhost/mcp"),
                TransportMode = HttpTransportMode.StreamableHttp,
                AdditionalHeaders = headers.ToDictionary(header => header.Name, header => header.Value),
            },
            api.CreateClient()),
        WaitsForAnswers,
        cancellationToken: Token);

    /// <summary>The result of a tool, which must be no error.</summary>
    internal static async Task<JsonElement> CallAsync(McpClient client, string tool, params (string Name, string? Value)[] arguments)
    {
        var result = await ResultAsync(client, tool, arguments);
        Assert.True(result.IsError is not true, TextOf(result));
        var text = JsonDocument.Parse(TextOf(result)).RootElement;
        Assert.True(JsonElement.DeepEquals(text, result.StructuredContent!.Value));
        return text;
    }

    /// <summary>The result of a tool.</summary>
    internal static async Task<CallToolResult> ResultAsync(
        McpClient client, string tool, params (string Name, string? Value)[] arguments) =>
        await client.CallToolAsync(
            tool,
            arguments.Where(one => !string.IsNullOrEmpty(one.Value)).ToDictionary(one => one.Name, object? (one) => one.Value),
            cancellationToken: Token);

    private static Task<CallToolResult> CallRawAsync(McpClient client, string tool, Dictionary<string, object?> arguments) =>
        client.CallToolAsync(tool, arguments, cancellationToken: Token).AsTask();

    internal static string TextOf(CallToolResult result) => Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;

    private static (string Name, string? Value)[] Pairs(string[] arguments) =>
        [.. arguments.Select(one => one.Split('=')).Select(one => (one[0], (string?)one[1]))];

    [Fact]
    public async Task The_tools_are_listed_with_what_they_take()
    {
        await using var api = new ApiFixture();
        await using var client = await ClientAsync(api);

        var tools = await client.ListToolsAsync(cancellationToken: Token);

        Assert.Equal(["convert", "get_history", "get_pair", "get_rates", "list_providers"], tools.Select(tool => tool.Name).Order());
        Assert.All(tools, tool =>
        {
            Assert.NotEmpty(tool.Description);
            Assert.True(tool.ProtocolTool.Annotations?.ReadOnlyHint);
            Assert.All(
                tool.JsonSchema.GetProperty("properties").EnumerateObject(),
                parameter => Assert.NotEmpty(parameter.Value.GetProperty("description").GetString()!));
        });
        var convert = tools.Single(tool => tool.Name == "convert").JsonSchema;
        Assert.Equal(["to"], convert.GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.Contains("Name the provider and the day", client.ServerInstructions, StringComparison.Ordinal);
        var product = FileVersionInfo.GetVersionInfo(typeof(CurrentBook).Assembly.Location).ProductVersion!;
        Assert.Equal(product.Split('+')[0], client.ServerInfo?.Version);
    }

    [Theory]
    [InlineData("get_rates", "/v1/rates?quotes=USD&providers=ecb,google", "ecb google", "quotes=USD", "providers=ecb,google")]
    [InlineData(
        "get_rates", "/v1/rates?quotes=USD&providers=ecb,boc&select=median", "ecb boc", "quotes=USD", "providers=ecb,boc", "select=median")]
    [InlineData(
        "get_rates", "/v1/rates?quotes=USD&providers=ecb&knownAt=2026-08-20T23:00:00Z", "ecb", "quotes=USD", "providers=ecb",
        "knownAt=2026-08-20T23:00:00Z")]
    [InlineData("get_pair", "/v1/rates/EUR/USD?policy=vat-eu", "ecb", "base=EUR", "quote=USD", "policy=vat-eu")]
    [InlineData(
        "convert", "/v1/convert?from=EUR&to=USD&amount=2.50&providers=ecb&round=1&rounding=up", "ecb", "from=EUR", "to=USD",
        "amount=2.50", "providers=ecb", "round=1", "rounding=up")]
    [InlineData(
        "get_history", "/v1/history?quotes=USD&from=2026-08-17&to=2026-08-23&filled=true&policy=vat-eu", "ecb", "quotes=USD",
        "from=2026-08-17", "to=2026-08-23", "filled=true", "policy=vat-eu")]
    [InlineData("get_pair", "/v1/rates/EUR/USD?providers=ecb", "ecb", "base=EUR", "quote=USD", "providers=ecb")]
    [InlineData(
        "convert", "/v1/convert?from=EUR&to=USD&amount=2.50&providers=ecb", "ecb", "from=EUR", "to=USD", "amount=2.50", "providers=ecb")]
    [InlineData(
        "convert", "/v1/convert?from=EUR&to=USD&amount=2.50&policy=vat-eu", "ecb", "from=EUR", "to=USD", "amount=2.50", "policy=vat-eu")]
    [InlineData("convert", "/v1/convert?to=USD&providers=ecb", "ecb", "to=USD", "providers=ecb")]
    [InlineData(
        "get_history", "/v1/history?quotes=USD&from=2026-08-18&providers=ecb", "ecb", "quotes=USD", "from=2026-08-18", "providers=ecb")]
    public async Task A_tool_answers_what_the_interface_answers_and_names_the_sources(
        string tool, string address, string sources, params string[] arguments)
    {
        await using var api = new ApiFixture();
        await using var client = await ClientAsync(api);

        var result = await CallAsync(client, tool, Pairs(arguments));

        Assert.Equal((await api.JsonAsync(address)).GetRawText(), result.GetProperty("answer").GetRawText());
        Assert.Equal(
            sources.Split(' '),
            result.GetProperty("sources").EnumerateArray().Select(source => source.GetProperty("provider").GetString()));
        var ecb = result.GetProperty("sources")[0];
        Assert.Equal("European Central Bank", ecb.GetProperty("name").GetString());
        Assert.Equal("2026-08-20", ecb.GetProperty("latestDay").GetString());
        Assert.StartsWith("https://www.ecb.europa.eu/", ecb.GetProperty("terms").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Providers_are_listed_with_day_and_terms_all_or_those_of_a_currency()
    {
        await using var api = new ApiFixture();
        await using var client = await ClientAsync(api);

        var all = (await CallAsync(client, "list_providers")).GetProperty("providers");
        var yen = (await CallAsync(client, "list_providers", ("currency", "jpy"))).GetProperty("providers");

        Assert.Equal(["boc", "ecb", "fixer", "google"], all.EnumerateArray().Select(one => one.GetProperty("key").GetString()));
        Assert.All(all.EnumerateArray(), one => Assert.NotEmpty(one.GetProperty("terms").GetString()!));
        var ecb = Assert.Single(yen.EnumerateArray());
        Assert.Equal("2026-08-20", ecb.GetProperty("asOf").GetString());
        Assert.StartsWith("https://www.ecb.europa.eu/", ecb.GetProperty("terms").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("get_rates", "base: 'EURO' is not a three-letter currency code", "base=EURO")]
    [InlineData("convert", "to: 'QQQ' is no known currency; /v1/currencies lists them", "from=EUR", "to=QQQ", "amount=1")]
    [InlineData("convert", "amount: '1,5' ", "from=EUR", "to=USD", "amount=1,5")]
    [InlineData("get_pair", "providers: 'nobody' is no known provider", "base=EUR", "quote=USD", "providers=nobody")]
    [InlineData("list_providers", "currency: 'dollar' is not a three-letter currency code", "currency=dollar")]
    public async Task What_cannot_be_answered_is_said_with_its_value(string tool, string message, params string[] arguments)
    {
        await using var api = new ApiFixture();
        await using var client = await ClientAsync(api);

        var result = await ResultAsync(client, tool, Pairs(arguments));

        Assert.True(result.IsError);
        Assert.StartsWith(message, TextOf(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_away_is_said_without_its_details()
    {
        var store = Sample.Store();
        await using var api = new ApiFixture(store);
        await api.SettleAsync();
        await using var client = await ClientAsync(api);
        store.IsDown = true;

        var result = await ResultAsync(client, "get_rates", ("date", "2026-08-18"));

        Assert.True(result.IsError);
        Assert.Equal("The store of past rates cannot be reached; the latest rates are not affected", TextOf(result));
    }

    [Fact]
    public async Task An_unforeseen_failure_tells_nothing_of_its_cause_and_is_logged()
    {
        var store = Sample.Store();
        using var log = new LogLines();
        await using var api = new ApiFixture(store) { Change = services => services.AddSingleton<ILoggerProvider>(log) };
        await api.SettleAsync();
        await using var client = await ClientAsync(api);
        store.IsBroken = true;

        var result = await ResultAsync(client, "get_rates", ("date", "2026-08-18"));

        Assert.True(result.IsError);
        Assert.DoesNotContain("hunter2", JsonSerializer.Serialize(result.Content), StringComparison.Ordinal);
        Assert.Contains("hunter2", Assert.Single(log.Lines, line => line.Contains("A tool of", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_tool_that_there_is_not_is_refused_and_does_not_fill_the_log()
    {
        using var log = new LogLines();
        await using var api = new ApiFixture { Change = services => services.AddSingleton<ILoggerProvider>(log) };
        await using var client = await ClientAsync(api);

        var refused = await Assert.ThrowsAsync<McpProtocolException>(() => CallRawAsync(client, "nobody", []));

        Assert.Equal(McpErrorCode.InvalidParams, refused.ErrorCode);
        Assert.DoesNotContain(log.Lines, line => line.Contains("nobody", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Closed_reads_are_closed_to_assistants_and_a_key_opens_them()
    {
        await using var api = new ApiFixture(null, ("Rates:Access:OpenReads", "false"));
        await AccessTests.SignedUpAsync(api, "reader", AccessRole.Read);
        var basic = AccessTests.Basic("reader", "correct horse battery");

        var refused = await Assert.ThrowsAnyAsync<HttpRequestException>(() => ClientAsync(api));
        await using var client = await ClientAsync(api, ("Authorization", basic.ToString()!));

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(5, (await client.ListToolsAsync(cancellationToken: Token)).Count);
    }

    [Fact]
    public async Task Calls_count_against_the_limit_of_an_address()
    {
        await using var api = new ApiFixture(null, ("Rates:Access:RequestsPerMinute", "2"));

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var client = await ClientAsync(api);
            await CallAsync(client, "list_providers");
            await CallAsync(client, "list_providers");
        });
        using var further = await api.GetAsync("/v1/rates?quotes=USD");

        Assert.Equal(HttpStatusCode.TooManyRequests, further.StatusCode);
    }

    [Fact]
    public async Task A_setting_switches_it_off()
    {
        await using var api = new ApiFixture(null, ("Rates:Api:Mcp", "false"));

        using var response = await api.GetAsync("/mcp");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
