using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;

namespace Rates.Api;

/// <summary>
/// The error of a message that is not handed to the package, or that the package fails to read before any of our filters sees it, such as
/// <c>initialize</c>. As an answer of JSON-RPC it reaches the program that sent it.
/// </summary>
internal static class UnreadMessage
{
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

    /// <summary>What is wrong with the parameters of a message that the package failed to read.</summary>
    /// <param name="body">The message.</param>
    public static MessageFault FaultIn(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        return new(McpErrorCode.InvalidParams, WhatIsWrong(json.RootElement));
    }

    /// <summary>
    /// The answer, and its HTTP status: 200 to a request whose parameters are wrong, 400 to what is no request. Its id is that of the
    /// message; null where that has none, or one that cannot be read.
    /// </summary>
    /// <param name="body">The message.</param>
    /// <param name="fault">What is wrong with it.</param>
    public static (int Status, JsonObject Answer) AnswerTo(ReadOnlyMemory<byte> body, MessageFault fault)
    {
        var id = fault.Code == McpErrorCode.ParseError ? null : IdIn(body);
        return (
            id is not null && fault.Code == McpErrorCode.InvalidParams ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
            new()
            {
                ["jsonrpc"] = "2.0",
                ["id"] = id,
                ["error"] = new JsonObject { ["code"] = (int)fault.Code, ["message"] = fault.Text },
            });
    }

    private static JsonNode? IdIn(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement is { ValueKind: JsonValueKind.Object } message && message.TryGetProperty("id", out var id)
            && MessageForm.IsId(id) ? JsonNode.Parse(id.GetRawText()) : null;
    }

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
