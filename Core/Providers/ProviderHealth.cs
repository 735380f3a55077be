namespace Rates.Core;

/// <summary>How the last fetches of a provider went. What a reader of rates sees beside the figures.</summary>
public sealed record ProviderHealth
{
    /// <summary>When it was last asked, UTC; null when never.</summary>
    public DateTimeOffset? LastAttemptAt { get; init; }

    /// <summary>When it last answered with something usable, UTC; null when never.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>Fetches failed since the last success.</summary>
    public int Failures { get; init; }

    /// <summary>What went wrong last, for people, without secrets; empty after a success.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Sheets refused by the ingest rules since the last published one.</summary>
    public int Quarantined { get; init; }

    /// <summary>
    /// Rows of the newest answer that cannot be read. They are left out; the sheet holds the other rows. 0 when every row was read.
    /// </summary>
    public int OddRows { get; init; }

    /// <summary>The first few of the odd rows, each with its place and reason, without secrets.</summary>
    public IReadOnlyList<OddRow> FirstOddRows { get; init; } = [];

    /// <summary>Not asked again before this instant, UTC; null when nothing holds it back.</summary>
    public DateTimeOffset? NotBefore { get; init; }
}
