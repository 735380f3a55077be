namespace Rates.Api;

/// <summary>The answer of <c>/v1/rates</c> with the rates of several providers combined into one for each quote.</summary>
/// <param name="Base">1 base = rate quote.</param>
/// <param name="Select">How they were combined.</param>
/// <param name="Rates">By quote.</param>
/// <param name="NotCovered">Requested quotes that no provider used has; left out when there are none.</param>
/// <param name="Absent">Requested providers that are used for none of the quotes; left out when there are none.</param>
internal sealed record BlendedRates(
    string Base, string Select, SortedDictionary<string, BlendedQuote> Rates, IReadOnlyList<string>? NotCovered,
    IReadOnlyList<AbsentProvider>? Absent)
{
    /// <summary>Name of the policy that chose; left out without one.</summary>
    public string? Policy { get; init; }

    /// <summary>
    /// What has no rate, each with why, for answers of rows: the requested quotes that are not covered, or a quote of null where no quotes
    /// were requested and there are no rates at all.
    /// </summary>
    internal IReadOnlyList<(string? Quote, string Note)> Lacking { get; init; } = [];

    /// <summary>The same answer with the policy that chose and, at each rate, its rule.</summary>
    /// <param name="scope">What it was made of; null without a policy.</param>
    public BlendedRates By(AnswerScope? scope) => scope?.Policy is not { } policy ? this : this with
    {
        Policy = policy.Name,
        Rates = new(
            Rates.ToDictionary(rate => rate.Key, rate => rate.Value with { Rule = scope.Rule }, StringComparer.Ordinal), Rates.Comparer),
    };
}

/// <summary>The combined rate of one quote currency, in the answer of <c>/v1/rates</c>.</summary>
/// <param name="Rate">Quote units for 1 base; left out, with a note, when the providers contradict each other.</param>
/// <param name="Status">fresh, stale (even the newest figure is too old) or unconfirmed (by no second source).</param>
/// <param name="Unconfirmed">True when no second source has confirmed the rates used; left out when they are confirmed.</param>
/// <param name="Newest">The newest day among the figures used.</param>
/// <param name="Oldest">The oldest day among the figures used.</param>
/// <param name="Count">Independent providers used.</param>
/// <param name="Min">The lowest rate used.</param>
/// <param name="Max">The highest rate used.</param>
/// <param name="Spread">(max - min) / middle, as a fraction.</param>
/// <param name="Providers">Keys of the providers used.</param>
/// <param name="Outliers">The providers whose rates were left out as outliers.</param>
/// <param name="Absent">
/// Providers used for other quotes of this answer but not for this one, by reason; left out when there are none.
/// </param>
/// <param name="Note">A warning to the reader; left out when there is none.</param>
internal sealed record BlendedQuote(
    decimal? Rate, string Status, bool? Unconfirmed, string Newest, string Oldest, int Count, decimal Min, decimal Max, decimal Spread,
    IReadOnlyList<string> Providers, IReadOnlyList<OutlierRate> Outliers, IReadOnlyList<AbsentGroup>? Absent, string? Note)
{
    /// <summary>The rule of the policy that gave the rate; left out without a policy.</summary>
    public string? Rule { get; init; }
}

/// <summary>
/// A provider's rate that lay too far from the others and was left out of a combined rate, in the answer of <c>/v1/rates</c>.
/// </summary>
internal sealed record OutlierRate(string Provider, decimal Rate, string Reason);

/// <summary>Providers that were requested and not used for one quote, all for the same reason, in the answer of <c>/v1/rates</c>.</summary>
internal sealed record AbsentGroup(string Reason, IReadOnlyList<string> Providers);

/// <summary>A provider that was requested and gave no rate, with the reason, in the answer of <c>/v1/rates</c>.</summary>
internal sealed record AbsentProvider(string Provider, string Status, string Reason)
{
    /// <summary>The quotes that it gave no rate of, where it gave rates of others; left out when it gave none at all.</summary>
    public IReadOnlyList<string>? Quotes { get; init; }
}
