namespace Rates.Store;

/// <summary>How many requests a day a provider allows, and the day that a worker takes to be today.</summary>
/// <param name="Limit">Most requests of the day; at least 1.</param>
/// <param name="Spare">Requests that must be left after this one; 0 for none.</param>
/// <param name="From">When the day began; inclusive.</param>
/// <param name="Until">When it ends and the count starts again at 0; exclusive.</param>
public readonly record struct QuotaTerms(int Limit, int Spare, DateTimeOffset From, DateTimeOffset Until);
