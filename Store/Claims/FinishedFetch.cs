namespace Rates.Store;

/// <summary>What a worker reports to the store at the end of a fetch that published nothing, to give back its right to fetch.</summary>
/// <param name="SlotDone">True when the slot needs no more work (unchanged, or a failure that another try cannot repair).</param>
/// <param name="Failed">True when it counts as a failure; false sets the count of failures to 0.</param>
/// <param name="NotBefore">
/// Delay the provider until then; null for no delay. More than 31 days ahead counts as a wrong clock and delays nothing.
/// </param>
/// <param name="CheckedAt">Set when the source confirmed the stored sheet: only its checkedAt changes. Null otherwise.</param>
/// <param name="NextExpectedAt">With <paramref name="CheckedAt"/>: when the next publication is due; null for never.</param>
/// <param name="Validators">For the next conditional request; null leaves the stored ones.</param>
public sealed record FinishedFetch(
    bool SlotDone,
    bool Failed,
    DateTimeOffset? NotBefore,
    DateTimeOffset? CheckedAt,
    DateTimeOffset? NextExpectedAt,
    FetchValidators? Validators);
