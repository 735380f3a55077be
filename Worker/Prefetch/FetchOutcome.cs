namespace Rates.Worker;

/// <summary>How a fetch ended.</summary>
internal enum FetchOutcome
{
    /// <summary>A new sheet stands.</summary>
    Published,

    /// <summary>The source confirmed the sheet that stands.</summary>
    Unchanged,

    /// <summary>The source says, in its way, that it has nothing for these days.</summary>
    Empty,

    /// <summary>What it sent cannot be right or cannot be read: kept aside for people.</summary>
    Quarantined,

    /// <summary>There was no usable answer.</summary>
    Failed,

    /// <summary>Another worker took the slot over in the meantime.</summary>
    Fenced,

    /// <summary>The worker was told to stop; the slot is free for others.</summary>
    Released,
}

/// <summary>The outcome's name in stored runs and in metrics.</summary>
internal static class FetchOutcomeName
{
    /// <summary>The name, lower case.</summary>
    public static string Of(FetchOutcome outcome) => outcome switch
    {
        FetchOutcome.Published => "published",
        FetchOutcome.Unchanged => "unchanged",
        FetchOutcome.Empty => "empty",
        FetchOutcome.Quarantined => "quarantined",
        FetchOutcome.Failed => "failed",
        FetchOutcome.Fenced => "fenced",
        _ => "released",
    };
}
