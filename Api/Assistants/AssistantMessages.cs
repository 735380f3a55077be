using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Rates.Api;

/// <summary>
/// Refuses messages whose parameters have another JSON type than the protocol says, with the name, the value and what is allowed. The
/// package would answer them as failures of the server.
/// </summary>
internal static class AssistantMessages
{
    // What an error quotes of a value.
    private const int MostQuoted = 100;

    /// <summary>Wraps the handler of messages.</summary>
    public static McpMessageHandler Check(McpMessageHandler next) => async (context, cancellationToken) =>
    {
        if (context.JsonRpcMessage is JsonRpcRequest { Method: RequestMethods.ToolsCall, Params: null })
        {
            throw Refused("name: is missing; tools/list names the tools");
        }

        if (context.JsonRpcMessage is JsonRpcRequest { Params: { } given } request)
        {
            CheckTexts("params", given);
            Check(request.Method, given);
        }

        try
        {
            await next(context, cancellationToken);
        }
        catch (JsonException malformed) when (context.JsonRpcMessage is JsonRpcRequest)
        {
            throw Refused($"{NameIn(malformed.Path)}: has another JSON type or value than the protocol says");
        }
    };

    // A JSON text may hold half of a character, which nothing can read.
    private static void CheckTexts(string name, JsonNode? node)
    {
        try
        {
            foreach (var (key, inner) in node as JsonObject ?? [])
            {
                CheckTexts(key, inner);
            }

            foreach (var item in node as JsonArray ?? [])
            {
                CheckTexts(name, item);
            }

            _ = node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
        }
        catch (InvalidOperationException)
        {
            throw Refused($"{name}: a text holds half of a surrogate pair, which is no character");
        }
    }

    private static void Check(string method, JsonNode given)
    {
        if (given is not JsonObject parameters)
        {
            throw Refused("params", given, "is no JSON object of names and values");
        }

        if (method == RequestMethods.ToolsList && parameters["cursor"] is JsonValue cursor
            && cursor.GetValueKind() == JsonValueKind.String)
        {
            throw Refused("cursor", cursor, "is none that this server gave: tools/list answers all tools at once");
        }

        if (method != RequestMethods.ToolsCall)
        {
            return;
        }

        if (parameters["name"] is not JsonValue name || name.GetValueKind() != JsonValueKind.String)
        {
            throw Refused("name", parameters["name"], "is no text; tools/list names the tools");
        }

        if (parameters["arguments"] is not (null or JsonObject))
        {
            throw Refused("arguments", parameters["arguments"], "is no JSON object of names and values");
        }
    }

    private static McpProtocolException Refused(string name, JsonNode? value, string why)
    {
        var text = value?.ToJsonString() ?? "null";
        return Refused($"{name}: '{(text.Length > MostQuoted ? $"{text.AsSpan(0, MostQuoted)}…" : text)}' {why}");
    }

    private static McpProtocolException Refused(string why) => new(why, McpErrorCode.InvalidParams);

    // Of a path such as $.cursor.
    private static string NameIn(string? path) => path is ['$', '.', .. var name] ? name : "params";
}
