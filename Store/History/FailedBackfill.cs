using System.Text.Json;

namespace Rates.Store;

/// <summary>The days of a provider's history that could not be fetched when it was last tried, and how often it failed.</summary>
/// <param name="From">The first day of the piece.</param>
/// <param name="FirstAt">When it failed first, UTC.</param>
/// <param name="Tries">How often it failed; at least 1.</param>
public sealed record FailedBackfill(DateOnly From, DateTimeOffset FirstAt, int Tries)
{
    /// <summary>The stored form.</summary>
    internal string ToJson() => JsonSerializer.Serialize(this, StoreFormat.Json.FailedBackfill);

    /// <summary>Reads the stored form; null for none. A damaged one is none too: the tries are then counted anew.</summary>
    internal static FailedBackfill? Read(string? json)
    {
        try
        {
            return json is { Length: > 0 } ? JsonSerializer.Deserialize(json, StoreFormat.Json.FailedBackfill) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
