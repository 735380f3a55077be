using System.Text;
using System.Text.Json;
using Rates.Core;

namespace Rates.Store;

/// <summary>
/// Writes and reads the stored form of a provider: the members of its description, then <c>schedule</c> and <c>health</c>, in one JSON
/// object.
/// </summary>
internal static class ProviderRecord
{
    /// <summary>The profile's part.</summary>
    public static string Profile(ProviderProfile profile) => JsonSerializer.Serialize(profile, StoreFormat.Json.ProviderProfile);

    /// <summary>The health's part; null for none.</summary>
    public static string? Health(ProviderHealth? health) =>
        health is null ? null : JsonSerializer.Serialize(health, StoreFormat.Json.ProviderHealth);

    /// <summary>The whole of its parts. <c>provider.lua</c> joins them the same way.</summary>
    public static string Compose(string profile, string? schedule, string? health) =>
        $"{profile.AsSpan(0, profile.Length - 1)},\"schedule\":{schedule ?? "null"},\"health\":{health ?? "null"}}}";

    /// <summary>Reads stored records; one that cannot be read is left out, for a worker writes it anew.</summary>
    public static IReadOnlyDictionary<string, StoredProvider> Read(IEnumerable<(string Provider, string Json)> stored)
    {
        Dictionary<string, StoredProvider> providers = [];
        foreach (var (provider, json) in stored)
        {
            try
            {
                if (ProviderKey.IsOne(provider))
                {
                    var text = Encoding.UTF8.GetBytes(json);
                    var state = ProviderJson.ScheduleAndHealth.Read(text);
                    providers[provider] = new(ProviderJson.Profile.Read(text), state.Schedule, state.Health ?? new());
                }
            }
            catch (JsonException)
            {
                continue;
            }
        }

        return providers;
    }
}
