namespace Rates.Core;

/// <summary>The description of a provider and its publications: the part of its settings that readers of rates need.</summary>
public sealed record ProviderProfile
{
    /// <summary>
    /// Lower-case key: the name of the adapter's class, with a dot before the name of a dataset; part of every store key of the provider.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>The institution's name.</summary>
    public required string Name { get; init; }

    /// <summary>ISO 3166 alpha-2, <c>EU</c> for the euro area; empty for none.</summary>
    public string Country { get; init; } = "";

    /// <summary>The currency that its pairs have in common and that crosses go through; the default value when there is none.</summary>
    public Currency Pivot { get; init; }

    /// <summary>The kind of its main figure.</summary>
    public RateKind Kind { get; init; } = RateKind.Reference;

    /// <summary>What its figures are made for; decides whether blends use them.</summary>
    public ProviderCategory Category { get; init; }

    /// <summary>What a reader should know about its figures.</summary>
    public ProviderFacts Facts { get; init; } = new();

    /// <summary>Address of the terms of use; empty where none are published.</summary>
    public string Terms { get; init; } = "";

    /// <summary>When it publishes.</summary>
    public PublicationCalendar Calendar { get; init; } = new();

    /// <summary>First day of its history; null when it publishes only current figures.</summary>
    public DateOnly? HistoryFrom { get; init; }

    /// <summary>Last day of a series that has ended; null while it is published. After it the provider is retired.</summary>
    public DateOnly? HistoryUntil { get; init; }

    /// <summary>
    /// Independence group. Providers of one group publish the same figures (a bank that reprints the ECB's) and count once in a blend.
    /// Empty means a group of its own.
    /// </summary>
    public string Independence { get; init; } = "";

    /// <summary>True when the adapter has read a recorded answer of the source in a test.</summary>
    public bool Verified { get; init; }

    /// <summary>Whether this installation fetches it.</summary>
    public bool Enabled { get; init; }

    /// <summary>Why it is not fetched (retired, needs a key, unverified); empty when enabled.</summary>
    public string Note { get; init; } = "";

    /// <summary>True when the source needs a credential.</summary>
    public bool NeedsKey { get; init; }

    /// <summary>The least time between two fetches that the source allows; no schedule may be closer. A minute unless set.</summary>
    public TimeSpan LeastGap { get; init; } = TimeSpan.FromMinutes(1);
}
