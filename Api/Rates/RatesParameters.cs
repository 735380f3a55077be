namespace Rates.Api;

/// <summary>
/// The names and descriptions of the query parameters by which rates are chosen, as the endpoints for rates, pairs, conversions and
/// histories list them; <see cref="RatesQuery"/> reads their values.
/// </summary>
internal static class RatesParameters
{
    /// <summary><c>base</c>.</summary>
    public static readonly QueryParameter Base = new("base", "Base currency: 1 base = rate quote. EUR unless given.", "EUR")
    {
        Default = "EUR",
    };

    /// <summary><c>quotes</c>.</summary>
    public static readonly QueryParameter Quotes = new(
        "quotes", $"Quote currencies, parted by commas, at most {RatesLimits.Quotes}. All unless given.", "USD,GBP");

    /// <summary><c>providers</c>.</summary>
    public static readonly QueryParameter Providers = new(
        "providers",
        $"Provider keys in order of preference, parted by commas, at most {RatesLimits.Providers}; all for every one. "
            + "Unless given, those of the API key; else the configured list for each and first, and every eligible provider for median, "
            + "mean and consensus.",
        "ecb,boc");

    /// <summary><c>select</c>.</summary>
    public static readonly QueryParameter Select = new(
        "select", "Whether providers answer side by side or are combined. each, which is side by side, unless given.", "median",
        "each", "first", "median", "mean", "consensus")
    {
        Default = "each",
    };

    /// <summary><c>date</c>.</summary>
    public static readonly QueryParameter Date = new(
        "date",
        $"A day: the newest figures on it or up to {RatesLimits.DailyLookBackDays} days before, more for monthly sources. "
            + $"Today, the {RatesLimits.LookAheadDays} days after it, and no day, mean the latest; a later day is refused.",
        "2026-08-20");

    /// <summary><c>knownAt</c>.</summary>
    public static readonly QueryParameter KnownAt = new(
        "knownAt",
        "An instant with its offset: figures as this service knew them then, before later corrections. Figures that it fetched later "
            + "are left out, also those of earlier days.",
        "2026-08-20T14:02:11Z");

    /// <summary><c>policy</c>.</summary>
    public static readonly QueryParameter Policy = new(
        "policy",
        "The name of a policy, which fixes providers, selection, day rule and perhaps rounding; not together with a parameter that it "
            + "fixes. /v1/policies lists them.",
        "vat-eu");
}
