using System.Text.Json;

namespace Rates.Api.Tests;

/// <summary>Reads texts from JSON answers.</summary>
internal static class JsonText
{
    /// <summary>The texts in a list.</summary>
    public static IEnumerable<string> Names(JsonElement list) => list.EnumerateArray().Select(name => name.GetString()!);

    /// <summary>The texts in a list, with spaces between them.</summary>
    public static string Joined(JsonElement list) => string.Join(' ', Names(list));

    /// <summary>One member of each object in a list, with spaces between them.</summary>
    public static string Joined(JsonElement list, string name) =>
        string.Join(' ', list.EnumerateArray().Select(one => Text(one, name)));

    /// <summary>The text of a member.</summary>
    public static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    /// <summary>A value as a row holds it: a text without its marks, a number with its digits, the items of a list joined.</summary>
    public static string Raw(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => Joined(value),
        _ => value.GetRawText(),
    };

    /// <summary>The same of a member; empty when there is none.</summary>
    public static string Raw(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? Raw(value) : "";
}
