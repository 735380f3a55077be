using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// A provider that this worker may fetch now: the store granted it the claim to one due instant (slot) of the provider's schedule.
/// </summary>
/// <param name="Provider">The provider to fetch.</param>
/// <param name="Claim">The granted claim.</param>
/// <param name="State">How far fetching had come before it.</param>
/// <param name="StartedAt">When it was granted, UTC.</param>
/// <param name="Mark">The same instant on the monotonic clock, from <see cref="TimeProvider.GetTimestamp"/>.</param>
/// <param name="Budget">How long the fetch may take; its lease is a little longer.</param>
internal sealed record ClaimedSlot(
    RateProvider Provider, Claim Claim, FetchState State, DateTimeOffset StartedAt, long Mark, TimeSpan Budget)
{
    /// <summary>What the requests share. After a failed fetch each request is sent once, not up to three times.</summary>
    public FetchSession Session { get; } = new(retries: State.Failures == 0, pause: TimeSpan.Zero);

    /// <summary>The provider's key.</summary>
    public string Key => Provider.Key;
}
