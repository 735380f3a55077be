using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Decides from the kind of failure of a fetch when the provider is tried again, and whether the failure counts.</summary>
internal static class FailurePolicy
{
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromHours(1);

    /// <summary>Back-off after <paramref name="failures"/> failures before this one: 1, 2, 4 ... minutes, at most an hour.</summary>
    public static TimeSpan BackOff(int failures) =>
        TimeSpan.FromMinutes(1 << Math.Min(failures, 6)) is var wait && wait < LongestBackOff ? wait : LongestBackOff;

    /// <summary>The result of a fetch that <paramref name="problem"/> ended.</summary>
    public static FetchResult To(Exception problem, ClaimedSlot slot, DateTimeOffset now)
    {
        var backOff = BackOff(slot.State.Failures);
        return problem switch
        {
            // A later try of the same slot may succeed.
            ProviderException { Fault: ProviderFault.Unreachable } or ProviderException { Status: 429 } =>
                Failed(Reason(problem), slotDone: false, now + Longer(backOff, ((ProviderException)problem).RetryAfter)),
            // Nothing was sent. The count starts again then, and the slot, or a newer one, is fetched.
            ProviderException { Fault: ProviderFault.QuotaUsed, NotBefore: { } next } => Failed(Reason(problem), slotDone: false, next),
            // An operator has to correct a key or an address. Tried again hourly, in case the source has changed.
            ProviderException { Fault: ProviderFault.Refused } => Failed(Reason(problem), slotDone: false, now + LongestBackOff),
            // The source sends another format than before; another request would bring the same.
            ProviderException when slot.Session.Excerpt.Length > 0 => Failed(Reason(problem), slotDone: true, now + backOff) with
            {
                Outcome = FetchOutcome.Quarantined,
                QuarantinedFigures = new([Reason(problem)], []),
            },
            ProviderException => Failed(Reason(problem), slotDone: true, now + backOff),
            OperationCanceledException => Failed($"not finished within {slot.Budget.TotalSeconds:0.#} s", slotDone: false, now + backOff),
            // Not a failure of the source: it is not counted, and the store could not record it.
            StoreUnavailableException =>
                new(FetchOutcome.Failed, problem.Message, new(SlotDone: false, Failed: false, null, null, null, null)),
            _ => Failed($"unexpected error: {problem.GetType().Name}: {problem.Message}", slotDone: true, now + backOff),
        };
    }

    private static FetchResult Failed(string reason, bool slotDone, DateTimeOffset notBefore) =>
        new(FetchOutcome.Failed, reason, new(slotDone, Failed: true, notBefore, null, null, null));

    private static string Reason(Exception problem) => problem is ProviderException failure ? failure.Reason : problem.Message;

    private static TimeSpan Longer(TimeSpan one, TimeSpan? other) => other > one ? other.Value : one;
}
