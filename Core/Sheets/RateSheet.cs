using System.Text.Json.Serialization;

namespace Rates.Core;

/// <summary>The latest published rates of one provider, with their source and the times of fetching. Immutable.</summary>
/// <remarks>
/// It holds every day that is the newest day of some pair, with all figures of that day, so that crosses use figures of one day: when
/// the last fetch had no figure for a pair, its older figure stays, with the other figures of that older day. Each pair, kind and day
/// occurs once.
/// </remarks>
public sealed record RateSheet : IJsonOnDeserialized
{
    private IReadOnlyList<CurrencyPair>? _storedUnconfirmed;
    private IReadOnlyList<Observation> _observations = [];

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
    /// Pairs with a figure that is unconfirmed (<see cref="Observation.IsUnconfirmed"/>), each once, in order; null for none.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<CurrencyPair>? Unconfirmed =>
        Observations.Any(figure => figure.IsUnconfirmed)
            ? [.. Observations.Where(figure => figure.IsUnconfirmed).Select(figure => figure.Pair).Distinct()]
            : null;

    /// <summary>Version number, counted within <see cref="Epoch"/>; 0 before the sheet is published.</summary>
    public long Version { get; init; }

    /// <summary>
    /// The version under which these figures were published, within <see cref="Epoch"/>: <see cref="Version"/> rises also when a source
    /// only confirms them. 0 before the sheet is published; equal to <see cref="Version"/> where releases up to 0.3 stored the sheet.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long PublishedVersion
    {
        get => field > 0 ? field : Version;
        init;
    }

    /// <summary>
    /// Identifies the store's data set; a store that lost its data starts a new one. Empty before the sheet is published.
    /// </summary>
    public string Epoch { get; init; } = "";

    /// <summary>The figures, ordered by pair, kind and day (newest first).</summary>
    public required IReadOnlyList<Observation> Observations
    {
        get => _observations;
        init => _observations = value;
    }

    // Releases up to 0.2 marked pairs of the sheet, not single figures. It is still written, for readers of those releases.
    [JsonInclude, JsonPropertyName("unconfirmed"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    private IReadOnlyList<CurrencyPair>? StoredUnconfirmed
    {
        get => Unconfirmed;
        init => _storedUnconfirmed = value;
    }

    /// <summary>The sheet with every figure of these pairs marked as unconfirmed; the marks of other pairs stay.</summary>
    public RateSheet WithUnconfirmed(IEnumerable<CurrencyPair> pairs)
    {
        var marked = pairs.ToHashSet();
        return this with
        {
            Observations = [.. Observations.Select(figure => marked.Contains(figure.Pair) ? figure with { IsUnconfirmed = true } : figure)],
        };
    }

    /// <summary>The sheet without the marks of those figures that are among <paramref name="confirmed"/>.</summary>
    public RateSheet Confirm(IReadOnlyCollection<Observation> confirmed) => confirmed.Count == 0 ? this : this with
    {
        Observations =
        [
            .. Observations.Select(figure => figure.IsUnconfirmed && confirmed.Any(figure.IsSameFigure)
                ? figure with { IsUnconfirmed = false }
                : figure),
        ],
    };

    /// <summary>
    /// The sheet as it was meant by a release up to 0.2, which marked pairs: one without a marked figure has all its figures marked.
    /// </summary>
    public RateSheet WithStoredUnconfirmed(IEnumerable<CurrencyPair> pairs)
    {
        var marked = Observations.Where(figure => figure.IsUnconfirmed).Select(figure => figure.Pair).ToHashSet();
        return WithUnconfirmed(pairs.Where(pair => !marked.Contains(pair)));
    }

    /// <inheritdoc/>
    void IJsonOnDeserialized.OnDeserialized()
    {
        if (_storedUnconfirmed is not null)
        {
            _observations = WithStoredUnconfirmed(_storedUnconfirmed).Observations;
            _storedUnconfirmed = null;
        }
    }
}
