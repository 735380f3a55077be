using System.Reflection;
using System.Text.Json.Nodes;

namespace Rates.Api;

/// <summary>Examples of answers for the OpenAPI document: answers of the tests' sample rates, in the folder <c>Examples</c>.</summary>
internal static class OperationExamples
{
    /// <summary>The example of an operation; null when there is none.</summary>
    /// <param name="operation">The operation's id, such as <c>GetRates</c>.</param>
    public static JsonNode? Of(string? operation)
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream($"example/{operation}.json");
        return file is null ? null : JsonNode.Parse(file);
    }
}
