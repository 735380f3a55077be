using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rates.Store;

/// <summary>How instants, days and JSON are written in the store.</summary>
internal static class StoreFormat
{
    /// <summary>The JSON context. Letters outside ASCII are not escaped, so that names stay readable in a Redis browser.</summary>
    public static StoreJson Json { get; } =
        new(new JsonSerializerOptions(StoreJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>An instant as written in stored JSON and in hash fields, such as <c>2026-08-20T14:15:03Z</c>.</summary>
    public static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>A day as written in stored JSON and in hash fields, such as <c>2026-08-20</c>.</summary>
    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Reads a day.</summary>
    /// <exception cref="FormatException">The text is not a day.</exception>
    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
