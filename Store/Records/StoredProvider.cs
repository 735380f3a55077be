using Rates.Core;

namespace Rates.Store;

/// <summary>What workers recorded about a provider.</summary>
/// <param name="Profile">What the provider is and when it publishes.</param>
/// <param name="Schedule">When workers fetch it; null while it has no schedule.</param>
/// <param name="Health">How the last fetches went.</param>
public sealed record StoredProvider(ProviderProfile Profile, ScheduleDefinition? Schedule, ProviderHealth Health);
