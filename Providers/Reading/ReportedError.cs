using System.Text.Json;

namespace Rates.Providers;

/// <summary>Finds the error that a service reports inside an answer, many with status 200, in the service's own words.</summary>
public static class ReportedError
{
    private const int TooManyRequests = 429;

    // Where services write the reason, the shortest first.
    private static readonly string[] Members =
        ["error", "error-type", "msgid", "msg", "message", "description", "Error Message", "ErrorMessage", "Note", "Information", "errors"];

    private static readonly string[] LimitWords =
        ["rate limit", "rate_limit", "usage limit", "usage_limit", "quota", "too many requests", "too_many_requests", "call frequency"];

    /// <summary>The error that a body reports; null when it reports none, or is no JSON.</summary>
    public static string? Of(ReadOnlyMemory<byte> body)
    {
        try
        {
            return Of(JsonReading.Root(body));
        }
        catch (Exception problem) when (ReadingFailure.Is(problem))
        {
            return null;
        }
    }

    /// <summary>
    /// Throws when the answer is an object with a failed <c>success</c> or <c>status</c>, or with a reason for an error. A limit of
    /// requests that has been reached is a failure with status 429, as it is at services that answer so.
    /// </summary>
    /// <exception cref="ProviderException">The answer reports an error; the message has the source's own words.</exception>
    internal static void ThrowIfAny(JsonElement answer, string provider)
    {
        var reason = Of(answer) ?? (HasFailed(answer) ? "no reason is given" : null);
        if (reason is not null)
        {
            throw new ProviderException(ProviderFault.Refused, provider, $"the source reports an error: {reason}")
            {
                Status = LimitWords.Any(word => reason.Contains(word, StringComparison.OrdinalIgnoreCase)) ? TooManyRequests : 0,
            };
        }
    }

    private static string? Of(JsonElement answer) =>
        Reasons(answer).Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } reasons ? string.Join(": ", reasons) : null;

    private static bool HasFailed(JsonElement answer) =>
        IsFalse(answer.Optional("success")) || IsFalse(answer.Optional("status")) || answer.Optional("result") is { } result
            && result.ValueKind == JsonValueKind.String && result.GetString() is "error";

    private static bool IsFalse(JsonElement? flag) => flag switch
    {
        { ValueKind: JsonValueKind.False } => true,
        { ValueKind: JsonValueKind.String } text => text.GetString() is "0" or "false",
        _ => false,
    };

    private static IEnumerable<string> Reasons(JsonElement answer) =>
        Members.Select(name => answer.Optional(name)).OfType<JsonElement>().SelectMany(Texts);

    // An error may be an object of a code and a text, and there may be several.
    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String or JsonValueKind.Number when element.Text().Trim() is { Length: > 0 } text => [text],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Texts(member.Value)),
        _ => [],
    };
}
