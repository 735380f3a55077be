namespace Rates.Store;

/// <summary>
/// The store's answer to a worker that asked to fetch a provider for one due instant of its schedule (a slot). Only the worker of a granted
/// claim may publish or finish the slot.
/// </summary>
/// <param name="Verdict">The answer.</param>
/// <param name="Provider">The provider of the slot.</param>
/// <param name="Slot">The requested slot.</param>
/// <param name="Fence">Rises with every grant; the store refuses to publish under an older one. 0 unless granted.</param>
/// <param name="Attempt">1 for the slot's first fetch.</param>
/// <param name="Until">When the lease or the delay ends; null where there is neither.</param>
public sealed record Claim(ClaimVerdict Verdict, string Provider, DateTimeOffset Slot, long Fence, int Attempt, DateTimeOffset? Until);
