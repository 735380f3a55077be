using System.Text;
using System.Text.Json;

namespace Rates.Channels;

/// <summary>Reads the parameters in the body of a request: a query as in an address, or one JSON object.</summary>
internal static class RequestBody
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 3, AllowDuplicateProperties = false };

    /// <summary>The parameters, in their order; empty for an empty body.</summary>
    /// <exception cref="FormatException">The body cannot be read; the message says what would be.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Parameters(string contentType, ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return [];
        }

        var type = contentType.Split(';', 2)[0].Trim().ToLowerInvariant();
        return type switch
        {
            "application/json" => Json(body),
            "" or "text/plain" or "application/x-www-form-urlencoded" => Text(body) is var text && text.TrimStart().StartsWith('{')
                ? Json(body)
                : Query(text),
            _ => throw new FormatException(
                $"The content type '{type}' of the body is not read: parameters are a query such as base=EUR&quotes=USD, or a JSON object"),
        };
    }

    private static string Text(ReadOnlyMemory<byte> body)
    {
        try
        {
            return Strict.GetString(body.Span);
        }
        catch (DecoderFallbackException wrong)
        {
            throw new FormatException("The body is not UTF-8", wrong);
        }
    }

    private static List<KeyValuePair<string, string>> Query(string text) =>
    [
        .. text.Trim().TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part =>
        {
            var pair = part.Split('=', 2);
            return KeyValuePair.Create(Decoded(pair[0]), pair.Length > 1 ? Decoded(pair[1]) : "");
        }),
    ];

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static List<KeyValuePair<string, string>> Json(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Options);
            return document.RootElement.ValueKind != JsonValueKind.Object
                ? throw new FormatException("The JSON of the body is no object of parameters such as {\"base\":\"EUR\"}")
                : [.. document.RootElement.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null)
                    .Select(member => KeyValuePair.Create(member.Name, Value(member.Name, member.Value)))];
        }
        catch (JsonException wrong)
        {
            throw new FormatException($"The body is not JSON: {wrong.Message}", wrong);
        }
        catch (InvalidOperationException wrong)
        {
            throw new FormatException("The JSON of the body has half of a surrogate pair, which is no letter", wrong);
        }
    }

    // The text of a number is kept: an amount has all its digits.
    private static string Value(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String
            ? item.GetString()
            : throw new FormatException($"{name}: a list has texts only"))),
        _ => throw new FormatException($"{name}: is neither a text nor a number nor a list of texts"),
    };
}
