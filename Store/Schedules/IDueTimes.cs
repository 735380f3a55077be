namespace Rates.Store;

/// <summary>Computes the instants at which a schedule is due. Every worker gets the same instants.</summary>
public interface IDueTimes
{
    /// <summary>The schedule as text, for people.</summary>
    string Expression { get; }

    /// <summary>The first due instant after <paramref name="after"/>; null when there is none.</summary>
    DateTimeOffset? NextAfter(DateTimeOffset after);
}
