using System.Text.Json;

namespace Rates.Api;

/// <summary>
/// Finds a member that a JSON text gives twice. Readers differ in which of the two they take, and some fail, so that such a message is
/// refused.
/// </summary>
internal static class RepeatedMember
{
    /// <summary>
    /// The path of the first one, such as <c>params.arguments.quotes</c>; null when there is none, and when the text is no JSON.
    /// </summary>
    /// <param name="json">The text.</param>
    public static string? Find(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var objects = new Stack<(string Path, HashSet<string> Names)>();
        var path = "";
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject:
                        objects.Push((path, new(StringComparer.Ordinal)));
                        break;
                    case JsonTokenType.EndObject:
                        path = objects.Pop().Path;
                        break;
                    case JsonTokenType.PropertyName:
                        var (parent, names) = objects.Peek();
                        var name = reader.GetString()!;
                        path = parent.Length == 0 ? name : $"{parent}.{name}";
                        if (!names.Add(name))
                        {
                            return path;
                        }

                        break;
                }
            }
        }
        catch (Exception unread) when (unread is JsonException or InvalidOperationException)
        {
            // No JSON, or a name with half of a surrogate pair: whoever reads the message says so.
        }

        return null;
    }
}
