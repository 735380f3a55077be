using Rates.Core;

namespace Rates.Store;

/// <summary>A provider as workers recorded it for readers: its description, its schedule and its health.</summary>
/// <param name="Profile">What the provider is and when it publishes.</param>
/// <param name="Schedule">When workers fetch it; null while it has no schedule.</param>
/// <param name="Health">How the last fetches went.</param>
public sealed record StoredProvider(ProviderProfile Profile, ScheduleDefinition? Schedule, ProviderHealth Health)
{
    /// <summary>
    /// False while no worker has described the provider: then only the key of <see cref="Profile"/> is known, and its calendar, category
    /// and terms are those that any provider has by default.
    /// </summary>
    public bool IsAnnounced { get; init; } = true;
}
