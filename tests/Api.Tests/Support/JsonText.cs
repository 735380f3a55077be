using System.Text.Json;

namespace Rates.Api.Tests;

/// <summary>Reads texts from JSON answers.</summary>
internal static class JsonText
{
    /// <summary>The texts in a list.</summary>
    public static IEnumerable<string> Names(JsonElement list) => list.EnumerateArray().Select(name => name.GetString()!);

    /// <summary>The text of a member.</summary>
    public static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
