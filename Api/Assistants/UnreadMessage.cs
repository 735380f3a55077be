using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;

namespace Rates.Api;

/// <summary>
/// The error of a message that the package fails to read before any of our filters sees it: of <c>initialize</c>, and of every message
/// with a name that is given twice or that nothing can read. As an answer of JSON-RPC it reaches the program that sent it; clients show the
/// body of a plain 400 to nobody.
/// </summary>
internal static class UnreadMessage
{
    private const string Params = "params.";

    private const string Unnamed = "params: one is missing or has another JSON type than the protocol says";

    // Of initialize, as the protocol has them.
    private static readonly (string[] Path, JsonValueKind Kind)[] Needed =
    [
        (["protocolVersion"], JsonValueKind.String),
        (["capabilities"], JsonValueKind.Object),
        (["clientInfo"], JsonValueKind.Object),
        (["clientInfo", "name"], JsonValueKind.String),
        (["clientInfo", "version"], JsonValueKind.String),
    ];

    /// <summary>The answer to a request that cannot be read; null to a message that is no request, which has no answer.</summary>
    /// <param name="message">The message, which is JSON.</param>
    /// <param name="fault">What is wrong with the name of a member; null where something else is wrong.</param>
    public static JsonObject? AnswerTo(ReadOnlyMemory<byte> message, (string Path, string Why)? fault)
    {
        using var json = JsonDocument.Parse(message);
        return json.RootElement is { ValueKind: JsonValueKind.Object } request && request.TryGetProperty("id", out var id)
            ? new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["id"] = JsonNode.Parse(id.GetRawText()),
                ["error"] = fault is { } named
                    ? Error(IsOfParams(named.Path) ? McpErrorCode.InvalidParams : McpErrorCode.InvalidRequest, Text(named))
                    : Error(McpErrorCode.InvalidParams, WhatIsWrong(request)),
            }
            : null;
    }

    /// <summary>What is said of the name of a member.</summary>
    public static string Text((string Path, string Why) fault) => $"{NameOf(fault.Path)}: {fault.Why}";

    private static string NameOf(string path) => IsOfParams(path) ? path[Params.Length..] : path.Length > 0 ? path : "message";

    private static JsonObject Error(McpErrorCode code, string message) => new() { ["code"] = (int)code, ["message"] = message };

    // Others are members of JSON-RPC itself.
    private static bool IsOfParams(string path) => path.StartsWith(Params, StringComparison.Ordinal);

    private static string WhatIsWrong(JsonElement request)
    {
        if (!request.TryGetProperty("params", out var given) || given.ValueKind != JsonValueKind.Object)
        {
            return "params: is no JSON object of names and values";
        }

        return Needed.Select(one => Missing(given, one.Path, one.Kind)).FirstOrDefault(wrong => wrong is not null) ?? Unnamed;
    }

    // Null for a value of the right type.
    private static string? Missing(JsonElement given, string[] path, JsonValueKind kind)
    {
        foreach (var name in path)
        {
            if (!given.TryGetProperty(name, out given))
            {
                return $"{string.Join('.', path)}: is missing";
            }
        }

        return given.ValueKind == kind ? null
            : $"{string.Join('.', path)}: '{ProblemException.Cut(given.GetRawText())}' is no JSON "
                + (kind == JsonValueKind.String ? "text" : "object");
    }
}
