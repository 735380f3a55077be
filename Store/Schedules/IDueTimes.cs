namespace Rates.Store;

/// <summary>Computes the instants at which a provider is due for fetching. Every worker gets the same instants.</summary>
public interface IDueTimes
{
    /// <summary>The schedule as text, for people.</summary>
    string Expression { get; }

    /// <summary>The first due instant after <paramref name="after"/>; null when there is none.</summary>
    DateTimeOffset? NextAfter(DateTimeOffset after);
}
