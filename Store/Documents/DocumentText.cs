using System.Text.Json;

namespace Rates.Store;

/// <summary>
/// Parses an <see cref="OperatorDocument"/> from its text in Redis: <c>{"revision":7,"at":1764120000000,"by":"anna","value":{}}</c>.
/// <c>document.lua</c> writes that text.
/// </summary>
internal static class DocumentText
{
    /// <summary>Reads it; null when it is damaged.</summary>
    public static OperatorDocument? Parse(string stored)
    {
        try
        {
            using var document = JsonDocument.Parse(stored);
            var root = document.RootElement;
            return new(
                root.GetProperty("revision").GetInt64(),
                DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty("at").GetInt64()),
                root.GetProperty("by").GetString() ?? "",
                root.GetProperty("value").GetRawText());
        }
        catch (Exception damaged) when (damaged is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
