namespace Rates.Store;

/// <summary>The store's answers to a worker that wants to fetch a provider: granted, or the reason why not.</summary>
public enum ClaimVerdict
{
    /// <summary>The caller holds the slot.</summary>
    Granted,

    /// <summary>The slot was fetched before.</summary>
    Done,

    /// <summary>Another worker holds the provider.</summary>
    Busy,

    /// <summary>A newer slot was claimed before.</summary>
    Older,

    /// <summary>The slot lies more than five seconds ahead of the store's clock: the worker's clock is wrong.</summary>
    Future,

    /// <summary>The slot was tried as often as allowed.</summary>
    Exhausted,

    /// <summary>The fetch of another slot began too recently.</summary>
    TooSoon,

    /// <summary>Failures or a Retry-After delay the provider; the same slot may be claimed again afterwards.</summary>
    HeldBack,
}
