using System.Text.Json.Serialization;

namespace Rates.Core;

/// <summary>The latest published rates of one provider, with their source and the times of fetching. Immutable.</summary>
/// <remarks>
/// It holds every day that is the newest day of some pair, with all figures of that day, so that crosses use figures of one day: when
/// the last fetch had no figure for a pair, its older figure stays, with the other figures of that older day. Each pair, kind and day
/// occurs once.
/// </remarks>
public sealed record RateSheet
{
    /// <summary>The provider's key, lower case.</summary>
    public required string Provider { get; init; }

    /// <summary>The newest day among the observations.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>The instant of publication that the source gives, UTC; null when it gives only the day.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>The time of the last fetch that changed these observations, UTC.</summary>
    public required DateTimeOffset FetchedAt { get; init; }

    /// <summary>The time of the last fetch that confirmed this sheet, UTC; never before <see cref="FetchedAt"/>.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>When the next publication is due, UTC; null for a source that publishes no more.</summary>
    public DateTimeOffset? NextExpectedAt { get; init; }

    /// <summary>The address the newest figures were fetched from, without credentials; null when not known.</summary>
    public string? Source { get; init; }

    /// <summary>True when figures differ from those published earlier for the same day.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Revised { get; init; }

    /// <summary>True for a sheet that is part of the product and was not fetched by this installation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Seeded { get; init; }

    /// <summary>
    /// Pairs whose figures, the first of the provider or far from the one before, were not confirmed by another source yet; null for
    /// none. Blends do not use them while a pair has confirmed figures.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CurrencyPair>? Unconfirmed { get; init; }

    /// <summary>Version number, counted within <see cref="Epoch"/>; 0 before the sheet is published.</summary>
    public long Version { get; init; }

    /// <summary>
    /// Identifies the store's data set; a store that lost its data starts a new one. Empty before the sheet is published.
    /// </summary>
    public string Epoch { get; init; } = "";

    /// <summary>The figures, ordered by pair, kind and day (newest first).</summary>
    public required IReadOnlyList<Observation> Observations { get; init; }
}
