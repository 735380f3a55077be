namespace Rates.Store;

/// <summary>How far the fetching of one provider has come: due instants done, tries, failures, and the worker that fetches now.</summary>
/// <param name="Done">The last slot that needs no more work; null before the first.</param>
/// <param name="Slot">The last slot claimed; null before the first.</param>
/// <param name="Attempt">Fetches of that slot so far.</param>
/// <param name="Until">End of the running lease; null when no worker holds one.</param>
/// <param name="Failures">Fetches failed in a row.</param>
/// <param name="NotBefore">The provider is not fetched before this instant; null for no delay.</param>
/// <param name="Validators">For the next conditional request.</param>
public sealed record FetchState(
    DateTimeOffset? Done,
    DateTimeOffset? Slot,
    int Attempt,
    DateTimeOffset? Until,
    int Failures,
    DateTimeOffset? NotBefore,
    FetchValidators Validators)
{
    /// <summary>What the store's clock showed when this was read, UTC.</summary>
    public DateTimeOffset Now { get; init; }
}
