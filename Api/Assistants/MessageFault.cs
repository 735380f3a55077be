using ModelContextProtocol;

namespace Rates.Api;

/// <summary>What is wrong with a message of JSON-RPC.</summary>
/// <param name="Code">The code of the error.</param>
/// <param name="Text">The member at fault, its value and what is wrong with it.</param>
internal sealed record MessageFault(McpErrorCode Code, string Text)
{
    private const string Params = "params.";

    /// <summary>A fault in the name of a member: one of the parameters, or of JSON-RPC itself.</summary>
    /// <param name="fault">The path of the member, and what is wrong.</param>
    public static MessageFault OfName((string Path, string Why) fault)
    {
        var isOfParams = fault.Path.StartsWith(Params, StringComparison.Ordinal);
        var name = isOfParams ? fault.Path[Params.Length..] : fault.Path.Length > 0 ? fault.Path : "message";
        return new(isOfParams ? McpErrorCode.InvalidParams : McpErrorCode.InvalidRequest, $"{name}: {fault.Why}");
    }
}
