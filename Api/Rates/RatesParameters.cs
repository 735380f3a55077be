namespace Rates.Api;

/// <summary>The query parameters that choose rates; rates, pairs, conversions and histories share them.</summary>
internal static class RatesParameters
{
    /// <summary><c>base</c>.</summary>
    public static readonly QueryParameter Base = new("base", "Base currency: 1 base = rate quote. EUR unless given.", "EUR");

    /// <summary><c>quotes</c>.</summary>
    public static readonly QueryParameter Quotes = new(
        "quotes", $"Quote currencies, parted by commas, at most {RatesLimits.Quotes}. All unless given.", "USD,GBP");

    /// <summary><c>providers</c>.</summary>
    public static readonly QueryParameter Providers = new(
        "providers",
        $"Provider keys in order of preference, parted by commas, at most {RatesLimits.Providers}; all for every one. "
            + "The configured list unless given.",
        "ecb,boc");

    /// <summary><c>select</c>.</summary>
    public static readonly QueryParameter Select = new(
        "select", "Whether providers answer side by side or are combined.", null, "each", "first", "median", "mean", "consensus");

    /// <summary><c>date</c>.</summary>
    public static readonly QueryParameter Date = new(
        "date",
        $"A day: the newest observation on it or up to {RatesLimits.LookBackDays} days before. The latest unless given.",
        "2026-08-20");
}
