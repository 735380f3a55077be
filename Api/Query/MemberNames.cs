using System.Text.Json;

namespace Rates.Api;

/// <summary>
/// Checks the names of the members in a JSON text. Of a member that is given twice readers differ in which they take, and some fail; a name
/// with half of a surrogate pair nothing can read.
/// </summary>
internal static class MemberNames
{
    /// <summary>
    /// The first fault: the path of the member, such as <c>params.arguments.quotes</c>, of a name that cannot be read that of its object,
    /// and empty for the whole text; null when there is none, and when the text is no JSON.
    /// </summary>
    /// <param name="json">The text.</param>
    public static (string Path, string Why)? Fault(ReadOnlySpan<byte> json)
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
                        path = parent;
                        var name = reader.GetString()!;
                        path = parent.Length == 0 ? name : $"{parent}.{name}";
                        if (!names.Add(name))
                        {
                            return (path, "may be given only once");
                        }

                        break;
                }
            }
        }
        catch (JsonException)
        {
            // Whoever reads the text says so.
        }
        catch (InvalidOperationException)
        {
            return (path, "a text holds half of a surrogate pair, which is no character");
        }

        return null;
    }
}
