using Rates.Core;

namespace Rates.Store;

/// <summary>The members of a stored provider record that are not its profile's.</summary>
/// <param name="Schedule">Null while the provider has no schedule.</param>
/// <param name="Health">Null while no fetch was recorded.</param>
internal sealed record StoredScheduleAndHealth(ScheduleDefinition? Schedule, ProviderHealth? Health);
