using Rates.Core;
using Rates.Store;

namespace Rates.Worker;

/// <summary>How a fetch ended, and what is to be done about it.</summary>
/// <param name="Outcome">How.</param>
/// <param name="Reason">What went wrong, or what was left out, for people; empty when all is well.</param>
/// <param name="Finish">How the claim ends; null when a publish has ended it, or another worker.</param>
internal sealed record FetchResult(FetchOutcome Outcome, string Reason, FinishedFetch? Finish)
{
    /// <summary>Figures that differ from the sheet before.</summary>
    public int Changes { get; init; }

    /// <summary>The sheet that stands after a publish; null otherwise.</summary>
    public RateSheet? Published { get; init; }

    /// <summary>What to keep aside for people; null for nothing.</summary>
    public QuarantinedFigures? QuarantinedFigures { get; init; }

    /// <summary>The rows of the answers that cannot be read and were left out; null when no new answer was read.</summary>
    public IReadOnlyList<OddRow>? OddRows { get; init; }

    /// <summary>Figures that the ingest rules left out of the sheet; null when no figures were checked.</summary>
    public IReadOnlyList<RefusedObservation>? RefusedRows { get; init; }

    /// <summary>True when the source was there and answered properly.</summary>
    public bool IsGood => Outcome is FetchOutcome.Published or FetchOutcome.Unchanged or FetchOutcome.Empty;

    /// <summary>Another worker owns the slot by now: nothing was changed and nothing is to be.</summary>
    public static FetchResult Fenced { get; } = new(FetchOutcome.Fenced, "another worker took the slot over", null);

    /// <summary>The worker stops: the slot is given back at once.</summary>
    public static FetchResult Released { get; } = new(FetchOutcome.Released, "", new(SlotDone: false, Failed: false, null, null, null, null));
}

/// <summary>Figures that were not published.</summary>
/// <param name="Reasons">Why, one line each.</param>
/// <param name="Observations">The figures; empty when the body could not be read.</param>
internal sealed record QuarantinedFigures(IReadOnlyList<string> Reasons, IReadOnlyList<Observation> Observations);
