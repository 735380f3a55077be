using System.Text.Json.Serialization;

namespace Rates.Core;

/// <summary>One provider's current observations, with where and when they come from. Immutable.</summary>
/// <remarks>
/// It holds every day that is the newest one of some pair, each day whole, so that crosses stay inside one day: a pair that the
/// last fetch lacked keeps its older figure, and the legs of that older day with it. A pair, kind and day stands once.
/// </remarks>
public sealed record RateSheet
{
    /// <summary>The provider's key, lower case.</summary>
    public required string Provider { get; init; }

    /// <summary>The newest day among the observations.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>When the source published, as far as it says so; null where only the day is known.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>When these observations were last fetched with a change, UTC.</summary>
    public required DateTimeOffset FetchedAt { get; init; }

    /// <summary>When the source was last asked and confirmed this sheet, UTC; never before <see cref="FetchedAt"/>.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>When the next publication is due, UTC; null for a source that publishes no more.</summary>
    public DateTimeOffset? NextExpectedAt { get; init; }

    /// <summary>The address the newest body came from, without credentials.</summary>
    public string? Source { get; init; }

    /// <summary>True when the day's figures differ from those published earlier for the same day.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Revised { get; init; }

    /// <summary>Marks a sheet that ships with the product and has not been fetched by this installation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Seeded { get; init; }

    /// <summary>Place in the store's order, together with <see cref="Epoch"/>; 0 before it is published.</summary>
    public long Version { get; init; }

    /// <summary>The store's life that <see cref="Version"/> counts in; empty before it is published.</summary>
    public string Epoch { get; init; } = "";

    /// <summary>The figures, ordered by pair, kind and day (newest first).</summary>
    public required IReadOnlyList<Observation> Observations { get; init; }
}
