namespace Rates.Store;

/// <summary>The record of one fetch of a provider, as listed for operators.</summary>
/// <param name="At">When it began, UTC.</param>
/// <param name="Provider">The provider.</param>
/// <param name="Slot">The slot.</param>
/// <param name="Worker">The id of the worker.</param>
/// <param name="Outcome">published, unchanged, empty, quarantined, failed or fenced.</param>
/// <param name="Reason">What went wrong; empty when nothing did.</param>
/// <param name="Duration">From the claim to the end.</param>
/// <param name="Requests">Requests sent, retries included.</param>
/// <param name="Bytes">Decoded bytes received.</param>
/// <param name="Changes">Figures that differ from the sheet before.</param>
public sealed record FetchRun(
    DateTimeOffset At,
    string Provider,
    DateTimeOffset Slot,
    string Worker,
    string Outcome,
    string Reason,
    TimeSpan Duration,
    int Requests,
    long Bytes,
    int Changes)
{
    /// <summary>Rows of the answers that cannot be read, or are no rate, and were left out.</summary>
    public int OddRows { get; init; }
}
