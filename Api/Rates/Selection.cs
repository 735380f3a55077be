namespace Rates.Api;

/// <summary>How the Api combines the rates of several providers, as the query parameter <c>select</c> chooses it.</summary>
internal enum Selection
{
    /// <summary>Not combined: each provider's rates are answered separately.</summary>
    Each,

    /// <summary>The rate of the first requested provider that has the pair.</summary>
    First,

    /// <summary>The median.</summary>
    Median,

    /// <summary>The mean.</summary>
    Mean,

    /// <summary>The median of the rates that are left after outliers are removed.</summary>
    Consensus,
}

/// <summary>Reads and writes the values of the query parameter <c>select</c>: how the rates of several providers are combined.</summary>
internal static class SelectionText
{
    /// <summary>Such as <c>median</c>.</summary>
    public static string ToText(this Selection selection) => selection switch
    {
        Selection.First => "first",
        Selection.Median => "median",
        Selection.Mean => "mean",
        Selection.Consensus => "consensus",
        _ => "each",
    };
}
