using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rates.Api.Tests;

public sealed class DocumentTests
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_document_is_the_one_that_was_agreed_on()
    {
        await using var api = new ApiFixture();

        var actual = JsonNode.Parse(await api.TextAsync("/openapi/v1.json"))!.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";

        var snapshot = Path.Combine(AppContext.BaseDirectory, "openapi.v1.json");
        var expected = (await File.ReadAllTextAsync(snapshot, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
        if (actual != expected)
        {
            await File.WriteAllTextAsync(snapshot + ".actual", actual, TestContext.Current.CancellationToken);
        }

        Assert.True(actual == expected,
            $"The document changed; if that is meant, copy {snapshot}.actual over tests/Api.Tests/openapi.v1.json");
    }

    [Fact]
    public async Task No_answer_must_be_of_exactly_one_of_several_types()
    {
        await using var api = new ApiFixture();

        // All members of a conversion may be left out, so a strict reader takes every answer for one, and oneOf would refuse it.
        Assert.DoesNotContain("\"oneOf\"", await api.TextAsync("/openapi/v1.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_document_is_made_once_and_any_page_may_read_it()
    {
        await using var api = new ApiFixture();
        using var first = await api.GetAsync("/openapi/v1.json");
        using var again = await api.GetAsync("/openapi/v1.json", ("If-None-Match", first.Headers.ETag!.Tag));

        Assert.Equal("*", Assert.Single(first.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal(System.Net.HttpStatusCode.NotModified, again.StatusCode);
        await api.ProblemAsync("/openapi/v2.json", System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Every_parameter_that_is_read_is_described_and_every_error_is_a_problem()
    {
        await using var api = new ApiFixture();

        var document = await api.JsonAsync("/openapi/v1.json");
        var paths = document.GetProperty("paths");

        var rates = paths.GetProperty("/v1/rates").GetProperty("get");
        Assert.Equal(
            RatesEndpoint.Allowed.List.Select(row => row.Name),
            rates.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()!));
        foreach (var response in paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).SelectMany(
            operation => operation.Value.GetProperty("responses").EnumerateObject()).Where(response => response.Name[0] is '4' or '5'))
        {
            var described = response.Value.TryGetProperty("$ref", out var reference)
                ? document.GetProperty("components").GetProperty("responses").GetProperty(reference.GetString()!.Split('/')[^1])
                : response.Value;
            Assert.True(described.GetProperty("content").TryGetProperty("application/problem+json", out _), response.Name);
        }
    }
}
