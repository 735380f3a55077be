namespace Rates.Api;

/// <summary>The answer of <c>/v1/rates</c> with <c>select=each</c>, for the OpenAPI document: it is copied from encoded pieces.</summary>
/// <param name="Base">1 base = rate quote.</param>
/// <param name="Select">each.</param>
/// <param name="Providers">Every requested provider, in the order of the request.</param>
internal sealed record RatesAnswer(string Base, string Select, IReadOnlyList<ProviderRates> Providers);

/// <summary>The rates of one provider, in the answer of <c>/v1/rates</c>.</summary>
/// <param name="Provider">The provider's key.</param>
/// <param name="Name">The institution.</param>
/// <param name="Status">fresh, closed, stale, frozen, retired or missing.</param>
/// <param name="AsOf">The day the figures hold for; left out when there are none.</param>
/// <param name="FetchedAt">When they were fetched.</param>
/// <param name="NextExpectedAt">When the next publication is due.</param>
/// <param name="Kind">Which figure the provider publishes.</param>
/// <param name="Reason">Why there are no rates, or none newer; left out when there is nothing to explain.</param>
/// <param name="Rates">Quote to rate.</param>
/// <param name="Derived">Quotes that are crosses; left out when none are.</param>
/// <param name="Unconfirmed">Quotes whose figure no second source has confirmed; left out when there are none.</param>
/// <param name="Older">Quotes whose figure holds for an older day, and that day; left out when there are none.</param>
/// <param name="NotCovered">Requested quotes that the provider does not have; left out when there are none.</param>
internal sealed record ProviderRates(
    string Provider, string Name, string Status, string? AsOf, string? FetchedAt, string? NextExpectedAt, string Kind, string? Reason,
    IReadOnlyDictionary<string, decimal> Rates, IReadOnlyList<string>? Derived, IReadOnlyList<string>? Unconfirmed,
    IReadOnlyDictionary<string, string>? Older, IReadOnlyList<string>? NotCovered);
