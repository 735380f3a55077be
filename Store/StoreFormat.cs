using System.Text.Encodings.Web;
using Rates.Core;

namespace Rates.Store;

/// <summary>Writes and reads instants, days and JSON in the form in which the store holds them.</summary>
internal static class StoreFormat
{
    /// <summary>
    /// The types that are stored as JSON. Letters outside ASCII are not escaped, so that names stay readable in a Redis browser.
    /// </summary>
    public static StoreJson Json { get; } = new(JavaScriptEncoder.UnsafeRelaxedJsonEscaping);

    /// <summary>An instant as written in stored JSON and in hash fields, such as <c>2026-08-20T14:15:03Z</c>.</summary>
    public static string Text(DateTimeOffset instant) => IsoText.OfTicks(instant);

    /// <summary>A day as written in stored JSON and in hash fields, such as <c>2026-08-20</c>.</summary>
    public static string Text(DateOnly day) => IsoText.Of(day);

    /// <summary>Reads a day.</summary>
    /// <exception cref="FormatException">The text is not a day.</exception>
    public static DateOnly Day(string text) => IsoText.ParseDay(text);
}
