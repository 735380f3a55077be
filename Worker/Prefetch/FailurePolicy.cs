using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>What is done about trouble: its kind decides.</summary>
internal static class FailurePolicy
{
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromHours(1);

    /// <summary>Back-off after <paramref name="failures"/> failures before this one: 1, 2, 4 ... minutes, at most an hour.</summary>
    public static TimeSpan BackOff(int failures) => TimeSpan.FromMinutes(1 << Math.Min(failures, 6)) is var wait && wait < LongestBackOff ? wait : LongestBackOff;

    /// <summary>The ending of a fetch that <paramref name="problem"/> ended.</summary>
    public static FetchResult To(Exception problem, ClaimedSlot turn, DateTimeOffset now)
    {
        var backOff = BackOff(turn.State.Failures);
        return problem switch
        {
            // A later try of the same slot may go well.
            ProviderException { Fault: ProviderFault.Unreachable } or ProviderException { Status: 429 } =>
                Failed(Reason(problem), slotDone: false, now + Longer(backOff, ((ProviderException)problem).RetryAfter)),
            // An operator's matter: a key, an address. Asked again hourly, in case it was settled at the source.
            ProviderException { Fault: ProviderFault.Refused } => Failed(Reason(problem), slotDone: false, now + LongestBackOff),
            // The source sends something else than it used to; asking again at once would bring the same.
            ProviderException when turn.Session.Excerpt.Length > 0 => Failed(Reason(problem), slotDone: true, now + backOff) with
            {
                Outcome = FetchOutcome.Quarantined,
                QuarantinedFigures = new([Reason(problem)], []),
            },
            ProviderException => Failed(Reason(problem), slotDone: true, now + backOff),
            OperationCanceledException => Failed($"not finished within {turn.Budget.TotalSeconds:0.#} s", slotDone: false, now + backOff),
            // The source is not to blame, and the store remembers nothing of it.
            StoreUnavailableException => new(FetchOutcome.Failed, problem.Message, new(SlotDone: false, Failed: false, null, null, null, null)),
            _ => Failed($"a fault of ours: {problem.GetType().Name}: {problem.Message}", slotDone: true, now + backOff),
        };
    }

    private static FetchResult Failed(string reason, bool slotDone, DateTimeOffset notBefore) =>
        new(FetchOutcome.Failed, reason, new(slotDone, Failed: true, notBefore, null, null, null));

    private static string Reason(Exception problem) => problem is ProviderException told ? told.Reason : problem.Message;

    private static TimeSpan Longer(TimeSpan one, TimeSpan? other) => other > one ? other.Value : one;
}
