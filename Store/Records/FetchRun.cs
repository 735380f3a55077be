namespace Rates.Store;

/// <summary>The record of one fetch of a provider, or of one release of refused figures, as listed for operators.</summary>
/// <param name="At">When it began, UTC.</param>
/// <param name="Provider">The provider.</param>
/// <param name="Slot">The slot.</param>
/// <param name="Worker">The id of the worker.</param>
/// <param name="Outcome">published, unchanged, empty, quarantined, failed, fenced or released.</param>
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
    /// <summary>The outcome of a release: an operator had refused figures published, and nothing was fetched.</summary>
    public const string ReleasedOutcome = "released";

    /// <summary>Rows of the answers that cannot be read, or are no rate, and were left out.</summary>
    public int OddRows { get; init; }
}
