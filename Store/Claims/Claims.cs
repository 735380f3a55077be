using Rates.Core;

namespace Rates.Store;

/// <summary>What a claim asks for.</summary>
/// <param name="Owner">The worker's id.</param>
/// <param name="Lease">How long the right lasts; longer than any fetch may take.</param>
/// <param name="MinimumGap">Least time since the provider's last fetch began.</param>
/// <param name="MaxAttempts">Fetches of one slot before it is given up.</param>
public readonly record struct ClaimTerms(string Owner, TimeSpan Lease, TimeSpan MinimumGap, int MaxAttempts);

/// <summary>How a claim was answered.</summary>
public enum ClaimVerdict
{
    /// <summary>The caller holds the slot.</summary>
    Granted,

    /// <summary>The slot has been fetched.</summary>
    Done,

    /// <summary>Another worker holds the provider.</summary>
    Busy,

    /// <summary>A newer slot has been claimed already.</summary>
    Older,

    /// <summary>The slot lies ahead of the store's clock: the asking worker's clock is wrong.</summary>
    Future,

    /// <summary>Every attempt at the slot was used up.</summary>
    Exhausted,

    /// <summary>The fetch of another slot began too recently.</summary>
    TooSoon,

    /// <summary>Failures or a Retry-After hold the provider back; the same slot may be claimed again afterwards.</summary>
    HeldBack,
}

/// <summary>The answer to a claim. Only a granted one may be published or finished.</summary>
/// <param name="Verdict">The answer.</param>
/// <param name="Provider">Whose slot it is.</param>
/// <param name="Slot">The slot asked for.</param>
/// <param name="Fence">Rises with every grant; the store refuses a publish under an older one. 0 unless granted.</param>
/// <param name="Attempt">1 for the slot's first fetch.</param>
/// <param name="Until">When the lease or the holding back ends; null where neither applies.</param>
public sealed record Claim(ClaimVerdict Verdict, string Provider, DateTimeOffset Slot, long Fence, int Attempt, DateTimeOffset? Until);

/// <summary>What lets the next request be conditional.</summary>
/// <param name="ETag">As the source sent it; null for none.</param>
/// <param name="LastModified">As the source sent it; null for none.</param>
/// <param name="BodyDigest">SHA-256 of the bodies, hexadecimal: equal bodies need no second look. Null for none.</param>
/// <param name="FullAt">When the source was last asked unconditionally.</param>
public sealed record FetchValidators(string? ETag, string? LastModified, string? BodyDigest, DateTimeOffset? FullAt)
{
    /// <summary>Nothing to be conditional on.</summary>
    public static FetchValidators None { get; } = new(null, null, null, null);
}

/// <summary>How far fetching of a provider has come.</summary>
/// <param name="Done">The last slot that needs no more work; null before the first.</param>
/// <param name="Slot">The last slot claimed; null before the first.</param>
/// <param name="Attempt">Fetches of that slot so far.</param>
/// <param name="Until">End of the running lease; null when nobody holds it.</param>
/// <param name="Failures">Fetches failed in a row.</param>
/// <param name="NotBefore">Held back until then; null for not.</param>
/// <param name="Validators">For the next conditional request.</param>
public sealed record FetchState(
    DateTimeOffset? Done, DateTimeOffset? Slot, int Attempt, DateTimeOffset? Until, int Failures, DateTimeOffset? NotBefore, FetchValidators Validators);

/// <summary>The answer to a publish.</summary>
/// <param name="Accepted">False when the claim was no longer the caller's: nothing was changed.</param>
/// <param name="Epoch">The epoch published in; empty unless accepted.</param>
/// <param name="Version">The version given; 0 unless accepted.</param>
public readonly record struct PublishResult(bool Accepted, string Epoch, long Version);

/// <summary>How a claim ended that published nothing.</summary>
/// <param name="SlotDone">True when the slot needs no more work (unchanged, or a failure that a retry cannot mend).</param>
/// <param name="Failed">True when it counts as a failure; false resets the count.</param>
/// <param name="NotBefore">Hold the provider back until then; null for not. More than 31 days ahead counts as a wrong clock and holds nothing.</param>
/// <param name="CheckedAt">Set when the source confirmed the stored sheet: its checkedAt moves, nothing else. Null otherwise.</param>
/// <param name="NextExpectedAt">With <paramref name="CheckedAt"/>: when the next publication is due.</param>
/// <param name="Validators">For the next conditional request; null leaves the stored ones.</param>
public sealed record FinishedFetch(
    bool SlotDone, bool Failed, DateTimeOffset? NotBefore, DateTimeOffset? CheckedAt, DateTimeOffset? NextExpectedAt, FetchValidators? Validators);

/// <summary>A sheet that the ingest rules refused.</summary>
/// <param name="Id">Unique within the provider.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Provider">Whose.</param>
/// <param name="Slot">For which slot.</param>
/// <param name="Reasons">Why, for people; one line each, at least one.</param>
/// <param name="Excerpt">The first 2 KiB of what was refused.</param>
/// <param name="Observations">What was read of it; empty when it could not be read.</param>
public sealed record QuarantinedSheet(
    string Id, DateTimeOffset At, string Provider, DateTimeOffset Slot, IReadOnlyList<string> Reasons, string Excerpt, IReadOnlyList<Observation> Observations);

/// <summary>One fetch, for the stream of runs.</summary>
/// <param name="At">When it began, UTC.</param>
/// <param name="Provider">Whose.</param>
/// <param name="Slot">For which slot.</param>
/// <param name="Worker">Which worker ran it.</param>
/// <param name="Outcome">published, unchanged, empty, quarantined, failed or fenced.</param>
/// <param name="Reason">What went wrong, for people; empty otherwise.</param>
/// <param name="Duration">From claim to end.</param>
/// <param name="Requests">Requests sent, retries included.</param>
/// <param name="Bytes">Decoded bytes received.</param>
/// <param name="Changes">Figures that differ from the sheet before.</param>
public sealed record FetchRun(
    DateTimeOffset At, string Provider, DateTimeOffset Slot, string Worker, string Outcome, string Reason, TimeSpan Duration, int Requests, long Bytes, int Changes);
