namespace Rates.Client;

/// <summary>The base, quotes, providers and days of a request for past rates.</summary>
public sealed record HistoryQuery
{
    /// <summary>Base currency: 1 base = rate quote.</summary>
    public string Base { get; init; } = "EUR";

    /// <summary>Quote currencies; empty for all.</summary>
    public IReadOnlyList<string> Quotes { get; init; } = [];

    /// <summary>Keys of the providers; <c>all</c> for every one. Empty for the service's default providers.</summary>
    public IReadOnlyList<string> Providers { get; init; } = [];

    /// <summary>First day, included; null for 29 days before the last.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, included; null for today.</summary>
    public DateOnly? To { get; init; }

    /// <summary>
    /// A rate for each week or month instead of each day: its last, with first, high, low and average. Null for each day.
    /// </summary>
    public HistoryGroup? Group { get; init; }

    /// <summary>
    /// True for an entry of every calendar day: one without a figure has that of an earlier day, which <c>AsOf</c> gives, or else no rate
    /// and a note that states why.
    /// </summary>
    public bool Filled { get; init; }

    /// <summary>Rates as the service knew them at this instant, before later corrections. Null for now.</summary>
    public DateTimeOffset? KnownAt { get; init; }
}

/// <summary>How the service groups the days of a history.</summary>
public enum HistoryGroup
{
    /// <summary>By ISO week, which begins on Monday.</summary>
    Week,

    /// <summary>By month.</summary>
    Month,
}

/// <summary>What a past rate has that stands for more than one day. Everything is null where it does not.</summary>
public abstract record PastRate
{
    /// <summary>
    /// The day that the figure was published for, or the newest of several; null unless days without a figure are filled.
    /// </summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>The first rate of the week or month.</summary>
    public decimal? First { get; init; }

    /// <summary>The highest rate of the week or month.</summary>
    public decimal? High { get; init; }

    /// <summary>The lowest rate of the week or month.</summary>
    public decimal? Low { get; init; }

    /// <summary>The arithmetic mean of the rates of the week or month.</summary>
    public decimal? Average { get; init; }

    /// <summary>Why there is no rate, or a warning such as how old the figure is; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>True when no second source has confirmed the rate.</summary>
    public bool Unconfirmed { get; init; }

    /// <summary>The rule of the policy that gave the rate; null without a policy.</summary>
    public string? Rule { get; init; }
}

/// <summary>One provider's rate of one pair on one past day, as the service answers it.</summary>
public sealed record HistoryRate : PastRate
{
    /// <summary>The day that the rate holds for; of a week or month the day of its last rate.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The provider's key.</summary>
    public required string Provider { get; init; }

    /// <summary>1 base = rate quote.</summary>
    public required string Base { get; init; }

    /// <summary>The quote.</summary>
    public required string Quote { get; init; }

    /// <summary>Units of the quote for 1 base; null, with a <see cref="PastRate.Note"/>, on a filled day that has none.</summary>
    public decimal? Rate { get; init; }
}

/// <summary>The combined rate of one pair on one past day, or the rate that a policy chose, as the service answers it.</summary>
public sealed record BlendedHistoryRate : PastRate
{
    /// <summary>The day that the rate holds for; null for a requested quote that no provider has on any of the days.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>
    /// How providers were combined: <c>first</c>, <c>median</c>, <c>mean</c> or <c>consensus</c>; null for a policy with one provider.
    /// </summary>
    public string? Select { get; init; }

    /// <summary>Key of the only provider of a policy; null for a combined rate.</summary>
    public string? Provider { get; init; }

    /// <summary>1 base = rate quote.</summary>
    public required string Base { get; init; }

    /// <summary>The quote.</summary>
    public required string Quote { get; init; }

    /// <summary>Units of the quote for 1 base; null, with a <see cref="PastRate.Note"/>, when there is none.</summary>
    public decimal? Rate { get; init; }

    /// <summary>How many independent providers the rate is combined of; 0 when there is none, and for a policy with one provider.</summary>
    public int Count { get; init; }
}
