using System.Net;
using System.Text.RegularExpressions;
using Rates.Testing;

namespace Rates.Api.Tests;

/// <summary>What describes the interface: OpenAPI for tools, a reference for people, a text for assistants.</summary>
public sealed partial class DescriptionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_validators_and_a_generator_of_others_read_the_document()
    {
        ClientProgram.NeedsNode("@seriousme/openapi-schema-validator", "@apidevtools/swagger-parser", "openapi-typescript", "typescript");
        await using var api = await KestrelApi.StartAsync(Sample.Store());

        ClientProgram.Compare(
            await ClientProgram.NodeAsync("describe.mjs", api.Address),
            ("openapi-schema-validator", """{"valid":true,"version":"3.1","errors":[]}"""),
            ("swagger-parser", "true"),
            ("openapi-typescript", "[]"),
            ("openapi-typescript, a wrong member", "1"));
    }

    [Fact]
    public async Task Every_link_of_the_text_for_assistants_answers()
    {
        await using var api = new ApiFixture();

        var text = await api.TextAsync("/llms.txt");

        Assert.StartsWith("# Rates\n", text, StringComparison.Ordinal);
        var links = Links().Matches(text).Select(match => match.Groups["address"].Value).ToList();
        Assert.True(links.Count >= 10, text);
        foreach (var link in links)
        {
            using var response = await api.GetAsync($"/{link}");
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{link}: {response.StatusCode}");
        }
    }

    [Fact]
    public async Task The_text_for_assistants_names_every_tool_and_parameter_that_there_is()
    {
        await using var api = new ApiFixture();
        await using var client = await AssistantTests.ClientAsync(api);
        var text = await api.TextAsync("/llms.txt");

        Assert.All(
            await client.ListToolsAsync(cancellationToken: Token), tool => Assert.Contains(tool.Name, text, StringComparison.Ordinal));
        var known = RatesEndpoint.Allowed.List.Concat(ConversionQuery.Allowed.List).Concat(HistoryQuery.Allowed.List)
            .Select(parameter => parameter.Name).ToHashSet();
        var named = Named().Matches(text).Select(match => match.Groups["name"].Value);
        Assert.Superset(named.Except(["asOf", "status", "terms", "mcp", "Accept"]).ToHashSet(), known);
    }

    [Theory]
    [InlineData("/reference", "text/html")]
    [InlineData("/reference.js", "text/javascript")]
    [InlineData("/scalar.js", "text/javascript")]
    [InlineData("/llms.txt", "text/plain")]
    public async Task A_description_is_tagged_and_may_load_nothing_from_elsewhere(string path, string contentType)
    {
        await using var api = new ApiFixture();

        using var response = await api.GetAsync(path);
        using var again = await api.GetAsync(path, ("If-None-Match", response.Headers.ETag!.ToString()));

        Assert.Equal(contentType, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reference_shows_every_read_in_a_browser_without_breaking_the_policy()
    {
        Assert.SkipWhen(DevTools.Program is null, DevTools.Missing);
        await using var api = await KestrelApi.StartAsync(Sample.Store());
        await using var page = await DevTools.StartAsync(Token);
        await page.SendAsync("Page.addScriptToEvaluateOnNewDocument", new
        {
            source = "addEventListener('securitypolicyviolation', "
                + "one => (window.refused ??= []).push(one.blockedURI + ' ' + one.violatedDirective))",
        });
        await page.SendAsync("Page.enable", new { });

        await page.SetViewAsync(1280, 900, isDark: false);

        await page.GoAsync(new(api.Address, "/reference"), Token);

        await page.UntilAsync("document.body?.textContent.includes('An amount in another currency')", Token);

        await page.EvaluateAsync("document.querySelector('.site .brand').click()");
        await page.UntilAsync("document.querySelector('#result .answer')", Token);
        await page.GoAsync(new(api.Address, "/reference"), Token);
        await page.UntilAsync("document.body?.textContent.includes('An amount in another currency')", Token);

        // A library in it tries whether it may make code at run time; it may not, and goes on without.
        Assert.Equal("", await page.TextAsync("(window.refused ?? []).filter(one => one !== 'eval script-src').join(', ')"));
        if (Environment.GetEnvironmentVariable("RATES_PICTURES") is { } pictures)
        {
            await File.WriteAllBytesAsync(Path.Combine(pictures, "reference-1280.png"), await page.PictureAsync(), Token);
        }
    }

    [GeneratedRegex(@"\]\((?<address>[^)]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Links();

    [GeneratedRegex("`(?<name>[A-Za-z]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Named();
}
