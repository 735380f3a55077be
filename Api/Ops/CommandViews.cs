using Rates.Store;

namespace Rates.Api;

/// <summary>An operator's command to the workers, with its id and its state.</summary>
internal sealed record CommandView(string Id, OperatorCommand Command);

/// <summary>The body of a request to fetch history: its first and last day, both included.</summary>
internal sealed record BackfillRequest(DateOnly From, DateOnly To);

/// <summary>The body of a request that needs a reason, for the record of changes.</summary>
internal sealed record ReasonRequest(string Reason);

/// <summary>A worker and the time of its last heartbeat, by the store's clock.</summary>
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
