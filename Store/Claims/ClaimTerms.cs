namespace Rates.Store;

/// <summary>
/// What a worker states when it asks the store for the right to fetch a provider: its name, for how long, and how often one due instant may
/// be tried.
/// </summary>
/// <param name="Owner">The worker's id.</param>
/// <param name="Lease">How long the claim lasts; longer than any fetch may take.</param>
/// <param name="MinimumGap">Least time since the provider's last fetch of another slot began.</param>
/// <param name="MaxAttempts">How often one slot may be fetched before it is given up.</param>
public readonly record struct ClaimTerms(string Owner, TimeSpan Lease, TimeSpan MinimumGap, int MaxAttempts);
