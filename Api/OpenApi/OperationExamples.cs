using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Rates.Api;

/// <summary>
/// Examples for the OpenAPI document: answers of the tests' sample rates, in the folder <c>Examples</c>. A file <c>GetRates.json</c> is the
/// only example of an operation; where there are several, each has its name behind the operation's, as in <c>GetRates.median.json</c>.
/// </summary>
internal static class OperationExamples
{
    private const string Folder = "example/";
    private const string Json = ".json";

    private static readonly Assembly Own = typeof(OperationExamples).Assembly;

    /// <summary>Adds what there is of an operation.</summary>
    /// <param name="operation">The operation's id, such as <c>GetRates</c>.</param>
    /// <param name="answer">Its answer in JSON.</param>
    public static void AddTo(string? operation, OpenApiMediaType answer)
    {
        answer.Example = Read($"{Folder}{operation}{Json}");
        var start = $"{Folder}{operation}.";
        var named = Own.GetManifestResourceNames().Where(
            name => name.StartsWith(start, StringComparison.Ordinal) && name.Length > start.Length + Json.Length - 1);
        foreach (var name in named.Order(StringComparer.Ordinal))
        {
            answer.Examples ??= new Dictionary<string, IOpenApiExample>();
            answer.Examples[name[start.Length..^Json.Length]] = new OpenApiExample { Value = Read(name) };
        }
    }

    private static JsonNode? Read(string name)
    {
        using var file = Own.GetManifestResourceStream(name);
        return file is null ? null : JsonNode.Parse(file);
    }
}
