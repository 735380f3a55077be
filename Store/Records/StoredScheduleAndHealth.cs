using Rates.Core;

namespace Rates.Store;

/// <summary>
/// The schedule and the health of a provider as they are stored; the other members of the stored record are its description.
/// </summary>
/// <param name="Schedule">Null while the provider has no schedule.</param>
/// <param name="Health">Null while no fetch was recorded.</param>
internal sealed record StoredScheduleAndHealth(ScheduleDefinition? Schedule, ProviderHealth? Health);
