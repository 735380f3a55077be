using System.Text.Json;
using Rates.Core;
using Rates.Store;

namespace Rates.Worker;

/// <summary>The result of a fetch of a provider: how it ended, the reason, and what to report to the store.</summary>
/// <param name="Outcome">The kind of result.</param>
/// <param name="Reason">What went wrong or was refused; empty when nothing was.</param>
/// <param name="Finish">How to end the claim; null when the publish ended it, or when another worker holds it.</param>
internal sealed record FetchResult(FetchOutcome Outcome, string Reason, FinishedFetch? Finish)
{
    /// <summary>Figures that differ from the sheet before.</summary>
    public int Changes { get; init; }

    /// <summary>The published sheet; null when none was.</summary>
    public RateSheet? Published { get; init; }

    /// <summary>The figures to store in quarantine; null for none.</summary>
    public QuarantinedFigures? QuarantinedFigures { get; init; }

    /// <summary>The rows of the answers that cannot be read, or are no rate, and were left out; null when no new answer was read.</summary>
    public IReadOnlyList<OddRow>? OddRows { get; init; }

    /// <summary>Figures that the ingest rules left out of the sheet; null when no figures were checked.</summary>
    public IReadOnlyList<RefusedObservation>? RefusedRows { get; init; }

    /// <summary>True when the fetch succeeded, with or without new figures.</summary>
    public bool IsGood => Outcome is FetchOutcome.Published or FetchOutcome.Unchanged or FetchOutcome.Empty;

    /// <summary>The outcome's name in stored runs and in metrics, such as <c>published</c>.</summary>
    public static string NameOf(FetchOutcome outcome) => JsonNamingPolicy.CamelCase.ConvertName(outcome.ToString());

    /// <summary>Another worker has taken the slot over: nothing changed.</summary>
    public static FetchResult Fenced { get; } = new(FetchOutcome.Fenced, "another worker took the slot over", null);

    /// <summary>The worker stops: other workers may claim the slot immediately.</summary>
    public static FetchResult Released { get; } = new(
        FetchOutcome.Released, "", new(SlotDone: false, Failed: false, null, null, null, null));
}

/// <summary>Rates of a fetch that were refused, with the reasons, to be kept for an operator's decision.</summary>
/// <param name="Reasons">Why, one line each.</param>
/// <param name="Observations">The figures; empty when the body could not be read.</param>
internal sealed record QuarantinedFigures(IReadOnlyList<string> Reasons, IReadOnlyList<Observation> Observations)
{
    /// <summary>The days that were requested; null when the body could not be read.</summary>
    public FetchWindow? Window { get; init; }

    /// <summary>What they were read from, for evidence.</summary>
    public IReadOnlyList<ReceivedBody> Received { get; init; } = [];
}
