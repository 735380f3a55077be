using Rates.Core;

namespace Rates.Store;

/// <summary>The schedule and the health in a stored provider record; its other members are those of the profile.</summary>
/// <param name="Schedule">Null while the provider has no schedule.</param>
/// <param name="Health">Null while no fetch was recorded.</param>
internal sealed record StoredScheduleAndHealth(ScheduleDefinition? Schedule, ProviderHealth? Health);
