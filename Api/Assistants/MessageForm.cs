using System.Text.Json;
using ModelContextProtocol;

namespace Rates.Api;

/// <summary>
/// Checks that the body of a request is one message of JSON-RPC: a request, a notification or a response. The package would say so in the
/// words of its own types, and without the member that is wrong.
/// </summary>
internal static class MessageForm
{
    private const string Version = "2.0";

    private static readonly string[] Members = ["jsonrpc", "id", "method", "params", "result", "error"];

    /// <summary>What is wrong with a message; null when nothing is.</summary>
    /// <param name="body">The body of the request.</param>
    public static MessageFault? FaultIn(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return new(McpErrorCode.ParseError, "message: is empty; one JSON object is needed");
        }

        try
        {
            using var json = JsonDocument.Parse(body);
            return MemberNames.Fault(body.Span) is { } name ? MessageFault.OfName(name) : FaultIn(json.RootElement);
        }
        catch (JsonException malformed)
        {
            return new(McpErrorCode.ParseError, $"message: {RequestBody.WhereUnreadable(malformed)}");
        }
    }

    /// <summary>Whether a value may be the id of a request: a text or a whole number.</summary>
    public static bool IsId(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.TryGetInt64(out _) : IsReadable(value);

    private static MessageFault? FaultIn(JsonElement message)
    {
        if (message.ValueKind == JsonValueKind.Array)
        {
            return Invalid("message", message, "is a list; send one message at a time, the protocol has no batches");
        }

        if (message.ValueKind != JsonValueKind.Object)
        {
            return Invalid("message", message, "is no JSON object");
        }

        var other = message.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => !Members.Contains(name));
        return other is null
            ? FaultOfVersion(message) ?? FaultOfId(message) ?? FaultOfMethod(message)
            : Invalid($"{ProblemException.Cut(other)}: a message has no such member; known are {string.Join(", ", Members)}");
    }

    private static MessageFault? FaultOfVersion(JsonElement message) => !message.TryGetProperty("jsonrpc", out var version)
        ? Invalid($"jsonrpc: is missing; it is \"{Version}\"")
        : version.ValueKind == JsonValueKind.String && version.ValueEquals(Version) ? null
        : Invalid("jsonrpc", version, $"is not \"{Version}\"");

    private static MessageFault? FaultOfId(JsonElement message) => !message.TryGetProperty("id", out var id) || IsId(id) ? null
        : Invalid("id", id, "is neither a text nor a whole number; a notification has none");

    private static MessageFault? FaultOfMethod(JsonElement message)
    {
        if (message.TryGetProperty("method", out var method))
        {
            return IsReadable(method) ? null : Invalid("method", method, "is no text");
        }

        if (!message.TryGetProperty("result", out _) && !message.TryGetProperty("error", out _))
        {
            return Invalid("method: is missing");
        }

        if (!message.TryGetProperty("id", out _))
        {
            return Invalid("id: is missing; a response has that of its request");
        }

        return !message.TryGetProperty("error", out var error) || IsError(error) ? null
            : Invalid("error", error, "is no JSON object with a whole number as code and a text as message");
    }

    private static bool IsError(JsonElement error) => error.ValueKind == JsonValueKind.Object
        && error.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out _)
        && error.TryGetProperty("message", out var message) && IsReadable(message);

    // A JSON text may hold half of a surrogate pair, which is no character.
    private static bool IsReadable(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String && value.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static MessageFault Invalid(string name, JsonElement value, string why) =>
        Invalid($"{name}: '{ProblemException.Cut(value.GetRawText())}' {why}");

    private static MessageFault Invalid(string text) => new(McpErrorCode.InvalidRequest, text);
}
