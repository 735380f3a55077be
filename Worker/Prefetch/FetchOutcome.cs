namespace Rates.Worker;

/// <summary>The ways in which a fetch of a provider may end, such as published or failed.</summary>
internal enum FetchOutcome
{
    /// <summary>A new sheet was published.</summary>
    Published,

    /// <summary>The source confirmed the stored sheet.</summary>
    Unchanged,

    /// <summary>The source has no figures for these days.</summary>
    Empty,

    /// <summary>The body cannot be read, or its figures were refused: stored in quarantine.</summary>
    Quarantined,

    /// <summary>There was no usable answer.</summary>
    Failed,

    /// <summary>Another worker took the slot over in the meantime.</summary>
    Fenced,

    /// <summary>The worker is stopping; other workers may claim the slot.</summary>
    Released,
}
