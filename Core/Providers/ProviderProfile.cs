namespace Rates.Core;

/// <summary>Who a provider is and how it publishes: the part of its block that readers of rates need.</summary>
public sealed record ProviderProfile
{
    /// <summary>Lower-case key: the adapter's class name, and the segment in every store key.</summary>
    public required string Key { get; init; }

    /// <summary>The institution's name.</summary>
    public required string Name { get; init; }

    /// <summary>ISO 3166 alpha-2, <c>EU</c> for the euro area; empty for none.</summary>
    public string Country { get; init; } = "";

    /// <summary>The currency that its pairs share and that crosses go through; none when they share none.</summary>
    public Currency Pivot { get; init; }

    /// <summary>The kind of its headline figure.</summary>
    public RateKind Kind { get; init; } = RateKind.Reference;

    /// <summary>Address of the terms of use; empty where none are published.</summary>
    public string Terms { get; init; } = "";

    /// <summary>When it publishes.</summary>
    public PublicationCalendar Calendar { get; init; } = new();

    /// <summary>First day its history serves; null when it serves only the present.</summary>
    public DateOnly? HistoryFrom { get; init; }

    /// <summary>
    /// Providers with the same group tell the same story (a bank that reprints the ECB) and count once in a blend.
    /// The provider's own key unless said.
    /// </summary>
    public string Independence { get; init; } = "";

    /// <summary>False while no recorded answer of the source has been read by its adapter.</summary>
    public bool Verified { get; init; }

    /// <summary>Whether this installation fetches it.</summary>
    public bool Enabled { get; init; }

    /// <summary>Why it is not fetched (retired, needs a key, unverified); empty when enabled.</summary>
    public string Note { get; init; } = "";

    /// <summary>True when the source wants a credential.</summary>
    public bool NeedsKey { get; init; }
}
