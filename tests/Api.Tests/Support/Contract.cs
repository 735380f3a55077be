using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Rates.Api.Tests;

/// <summary>Compares answers with what the OpenAPI document says of them.</summary>
internal static class Contract
{
    private static readonly JsonObject Document = JsonNode.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "openapi.v1.json")))!.AsObject();

    private static readonly ConcurrentDictionary<string, JsonSchema> Schemas = new();

    // What a client may act on. Others are the same everywhere, such as those for web pages of other origins.
    private static readonly string[] Headers =
    [
        "ETag", "Last-Modified", "Cache-Control", "Vary", "Content-Encoding", "Retry-After", "Allow", "WWW-Authenticate", "Location",
        "Content-Disposition", "Link", "Rates-Unconfirmed",
    ];

    // Those without braces first: /v1/ops/schedules/preview is not the schedule of a provider.
    private static readonly (string Template, string[] Parts)[] Paths =
    [
        .. Document["paths"]!.AsObject().Select(path => (path.Key, Parts: path.Key.Split('/')))
            .OrderBy(path => path.Parts.Count(part => part.StartsWith('{'))),
    ];

    /// <summary>
    /// Checks an answer: its status and its type are described, and its JSON is as described. A path that is not in the document, such as
    /// a page's, passes.
    /// </summary>
    public static async Task CheckAsync(HttpResponseMessage response)
    {
        var request = response.RequestMessage!;
        var method = request.Method == HttpMethod.Head ? "get" : request.Method.Method.ToLowerInvariant();
        if (TemplateOf(request.RequestUri!.AbsolutePath) is { } template && Document["paths"]![template]![method] is { } operation)
        {
            await CheckAsync(operation.AsObject(), $"{request.Method} {request.RequestUri.PathAndQuery}", response);
        }
    }

    /// <summary>Checks an answer of an operation of the document, and returns its JSON; null when it has none.</summary>
    public static async Task<JsonNode?> CheckAsync(JsonObject operation, string what, HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var described = Resolved(operation["responses"]![$"{status}"]);
        Assert.True(described is not null, $"{what} answers {response.StatusCode}, which is not described");
        var headers = response.Headers.Concat(response.Content.Headers).Select(header => header.Key);
        var undescribed = headers.Intersect(Headers, StringComparer.OrdinalIgnoreCase)
            .Where(name => described["headers"]?[name] is null).ToList();
        Assert.True(undescribed.Count == 0, $"{what} answers {status} with {string.Join(", ", undescribed)}, which is not described");
        if (response.Content.Headers.ContentEncoding.Count > 0)
        {
            return null;
        }

        var type = response.Content.Headers.ContentType?.MediaType;
        if (described["content"] is not { } content)
        {
            Assert.Null(type);
            return null;
        }

        var schema = content[type!]?["schema"];
        Assert.True(schema is not null, $"{what} answers {type}, which is not described");
        if (type is not ("application/json" or "application/problem+json") || response.RequestMessage?.Method == HttpMethod.Head)
        {
            return null;
        }

        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var result = Schemas.GetOrAdd(schema.ToJsonString(), _ => SchemaOf(schema)).Evaluate(
            JsonDocument.Parse(text).RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        var wrong = (result.Details ?? []).Where(detail => !detail.IsValid && detail.Errors is not null)
            .Select(detail => $"{detail.InstanceLocation}: {string.Join("; ", detail.Errors!.Values)}");
        Assert.True(result.IsValid, $"{what} answers {text}: {string.Join(", ", wrong)}");
        return JsonNode.Parse(text);
    }

    private static JsonNode? Resolved(JsonNode? described) => described?["$ref"] is { } reference
        ? Document["components"]!["responses"]![reference.GetValue<string>().Split('/')[^1]]
        : described;

    private static string? TemplateOf(string path)
    {
        var parts = path.Split('/');
        return Paths.FirstOrDefault(one => one.Parts.Length == parts.Length && one.Parts.Zip(parts)
            .All(pair => pair.First.StartsWith('{') || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase))).Template;
    }

    // A schema on its own, in which a member that is not described is wrong.
    private static JsonSchema SchemaOf(JsonNode schema)
    {
        var definitions = Document["components"]!["schemas"]!.DeepClone().AsObject();
        foreach (var (_, definition) in definitions)
        {
            if (definition!["properties"] is not null && definition["additionalProperties"] is null)
            {
                definition["additionalProperties"] = false;
            }
        }

        var whole = schema.DeepClone().AsObject();
        whole["$defs"] = definitions;
        return JsonSchema.FromText(whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal));
    }
}
