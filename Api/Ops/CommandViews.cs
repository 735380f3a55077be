using Rates.Store;

namespace Rates.Api;

/// <summary>An operator's command to the workers, with its id and its state, as the operators' routes answer it.</summary>
internal sealed record CommandView(string Id, OperatorCommand Command);

/// <summary>The body of an operator's request to fetch a provider's history: its first and last day, both included.</summary>
internal sealed record BackfillRequest(DateOnly From, DateOnly To);

/// <summary>The body of an operator's request that needs a reason, which is kept in the list of what operators changed.</summary>
internal sealed record ReasonRequest(string Reason);

/// <summary>A worker and the time when it last recorded that it runs, by the store's clock, as <c>/v1/ops/workers</c> lists it.</summary>
internal sealed record WorkerView(string Id, DateTimeOffset LastBeatAt, bool IsAlive)
{
    // A worker beats every ten seconds.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    /// <summary>Every worker that the store knows of, by id.</summary>
    public static IReadOnlyList<WorkerView> All(IReadOnlyDictionary<string, DateTimeOffset> beats, DateTimeOffset now) =>
    [
        .. from beat in beats
           orderby beat.Key
           select new WorkerView(beat.Key, beat.Value, now - beat.Value < Silence),
    ];
}
