using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>This worker's right to fetch one slot of a provider.</summary>
/// <param name="Provider">Whom to ask.</param>
/// <param name="Claim">The granted claim.</param>
/// <param name="State">How far fetching had come before it.</param>
/// <param name="StartedAt">When it was granted, UTC.</param>
/// <param name="Mark">The same on the monotonic clock.</param>
/// <param name="Budget">How long the fetch may take; its lease is a little longer.</param>
internal sealed record ClaimedSlot(RateProvider Provider, Claim Claim, FetchState State, DateTimeOffset StartedAt, long Mark, TimeSpan Budget)
{
    /// <summary>The requests' common part. A source that has been failing is tried once, not three times.</summary>
    public FetchSession Session { get; } = new(retries: State.Failures == 0, pause: TimeSpan.Zero);

    /// <summary>The provider's key.</summary>
    public string Key => Provider.Key;
}
