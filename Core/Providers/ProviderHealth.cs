namespace Rates.Core;

/// <summary>How the last fetches of a provider went, as shown to readers of rates.</summary>
public sealed record ProviderHealth
{
    /// <summary>Start of the last fetch, UTC; null when it was never fetched.</summary>
    public DateTimeOffset? LastAttemptAt { get; init; }

    /// <summary>Start of the last fetch with a usable answer, UTC; null when there was none.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>Number of failed fetches since the last success.</summary>
    public int Failures { get; init; }

    /// <summary>The last failure as text for people, without secrets; empty after a success.</summary>
    public string Reason { get; init; } = "";

    /// <summary>
    /// Number of publications of which the ingest rules refused all or some figures, since the last one that was accepted whole or that an
    /// operator decided about.
    /// </summary>
    public int Quarantined { get; init; }

    /// <summary>
    /// Rows of the newest answer that cannot be read. They are left out; the sheet holds the other rows. 0 when every row was read.
    /// </summary>
    public int OddRows { get; init; }

    /// <summary>The first few of the odd rows, each with its place and reason, without secrets.</summary>
    // Health that an earlier release stored does not have the lists: the deserializer then sets null.
    public IReadOnlyList<OddRow> FirstOddRows { get; init => field = value ?? []; } = [];

    /// <summary>
    /// Figures of the newest answer that the ingest rules refused. They are left out; the sheet holds the other figures. 0 when every
    /// figure was accepted.
    /// </summary>
    public int RefusedRows { get; init; }

    /// <summary>The first few of the refused figures: each as text, and the reason.</summary>
    public IReadOnlyList<OddRow> FirstRefusedRows { get; init => field = value ?? []; } = [];

    /// <summary>
    /// The first few figures of the newest sheet that the ingest rules refused and an operator released: each as text, with who released
    /// it and when.
    /// </summary>
    public IReadOnlyList<OddRow> FirstReleasedRows { get; init => field = value ?? []; } = [];

    /// <summary>It is not fetched before this instant, UTC; null when it may be fetched at any time.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>
    /// What is wrong with the schedule that somebody stored by hand, which is not used; empty when nothing is.
    /// </summary>
    public string ScheduleProblem { get; init => field = value ?? ""; } = "";

    /// <summary>Whether all values are equal; the lists are compared row by row.</summary>
    public bool Equals(ProviderHealth? other) => other is not null && Values == other.Values
        && FirstOddRows.SequenceEqual(other.FirstOddRows) && FirstRefusedRows.SequenceEqual(other.FirstRefusedRows)
        && FirstReleasedRows.SequenceEqual(other.FirstReleasedRows);

    /// <inheritdoc/>
    public override int GetHashCode() => Values.GetHashCode();

    private (DateTimeOffset?, DateTimeOffset?, int, string, int, int, int, DateTimeOffset?, string) Values =>
        (LastAttemptAt, LastSuccessAt, Failures, Reason, Quarantined, OddRows, RefusedRows, NotBefore, ScheduleProblem);
}
