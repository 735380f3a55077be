namespace Rates.Worker;

/// <summary>Who this worker is among all workers.</summary>
/// <param name="Id">Its name in claims, runs and heartbeats.</param>
internal sealed record WorkerIdentity(string Id)
{
    /// <summary>The configured name, or one of its own.</summary>
    public static WorkerIdentity Of(WorkerOptions options) => new(options.WorkerId.Length > 0 ? options.WorkerId : WorkerOptions.DefaultId());
}
