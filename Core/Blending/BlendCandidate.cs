namespace Rates.Core;

/// <summary>One provider's rate of a pair, before it is decided whether it goes into the combined rate of several providers.</summary>
/// <param name="Input">The rate, its day and its provider.</param>
/// <param name="Status">The age of the provider's figures at the requested day.</param>
/// <param name="Cadence">How often the provider publishes; it decides how long a figure is current.</param>
/// <param name="IsUnconfirmed">True when the rate is made of a figure that no other source has confirmed yet.</param>
public readonly record struct BlendCandidate(BlendInput Input, StalenessStatus Status, Cadence Cadence, bool IsUnconfirmed)
{
    /// <summary>True when the figures are too old to be combined with others.</summary>
    public bool IsTooOld => Status is StalenessStatus.Frozen or StalenessStatus.Retired or StalenessStatus.Missing;

    /// <summary>The last day the figure holds for: its own day, or the day before the next one of a weekly or rarer source.</summary>
    public DateOnly HoldsUntil => Cadence switch
    {
        Cadence.Weekly => Input.AsOf.AddDays(6),
        Cadence.Monthly => Input.AsOf.AddMonths(1).AddDays(-1),
        Cadence.Quarterly => Input.AsOf.AddMonths(3).AddDays(-1),
        _ => Input.AsOf,
    };
}
