using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Rates.Api;

/// <summary>
/// Prepares the arguments of a tool call. Assistants send numbers, booleans and lists where a tool takes texts: those become the texts that
/// <c>/v1</c> takes. What a tool does not know or lacks is refused with its name, so that the assistant can mend its call.
/// </summary>
internal static class ToolArguments
{
    /// <summary>Wraps the handler of tool calls.</summary>
    /// <param name="next">The handler.</param>
    /// <param name="unforeseen">Is told of a failure that is no mistake of the client.</param>
    public static McpRequestHandler<CallToolRequestParams, CallToolResult> Prepare(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next, Action<Exception> unforeseen) =>
        async (request, cancellationToken) =>
        {
            try
            {
                if (request.MatchedPrimitive is McpServerTool tool)
                {
                    Prepare(tool.ProtocolTool.InputSchema, request.Params.Arguments ??= new Dictionary<string, JsonElement>());
                }

                return await next(request, cancellationToken);
            }
            catch (ProblemException problem)
            {
                return RateTools.Refused(problem);
            }
            catch (Exception failure) when (failure is not (McpException or OperationCanceledException))
            {
                unforeseen(failure);
                throw;
            }
        };

    private static void Prepare(JsonElement schema, IDictionary<string, JsonElement> arguments)
    {
        var known = schema.GetProperty("properties").EnumerateObject().Select(property => property.Name).ToList();
        foreach (var (name, value) in arguments.ToList())
        {
            if (!known.Contains(name))
            {
                throw ProblemException.BadParameter(name, $"there is no such argument here; known are {string.Join(", ", known)}");
            }

            if (value.ValueKind == JsonValueKind.Null)
            {
                arguments.Remove(name);
            }
            else if (value.ValueKind != JsonValueKind.String)
            {
                arguments[name] = JsonSerializer.SerializeToElement(TextOf(name, value));
            }
        }

        if (schema.TryGetProperty("required", out var required) && required.EnumerateArray().Select(one => one.GetString()!)
            .FirstOrDefault(name => !arguments.ContainsKey(name)) is { } missing)
        {
            throw ProblemException.BadParameter(missing, "is missing");
        }
    }

    private static string TextOf(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number when ExactDecimal.Read(value.GetRawText(), allowExponent: true, out var number) is null => number.ToText(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind != JsonValueKind.Array) =>
            string.Join(',', value.EnumerateArray().Select(item => TextOf(name, item))),
        _ => throw ProblemException.BadValue(name, value.GetRawText(), "is neither a text nor a number nor a list of these"),
    };
}
