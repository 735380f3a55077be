namespace Rates.Api;

/// <summary>
/// Decides which providers answer when a query names none: those of the settings, or else the list that ships with the Api.
/// </summary>
internal static class DefaultProviderKeys
{
    /// <summary>The setting that means every provider.</summary>
    public const string All = "all";

    /// <summary>
    /// Broad and independent daily sources, in order of preference. The last one is a collector with some 160 currencies, so that a
    /// currency that no central bank of the list quotes is answered as well.
    /// </summary>
    public static IReadOnlyList<string> Keys { get; } = ["ecb", "nb", "cnb", "nbp", "boc", "rba", "nbu", "erapi"];

    /// <summary>The keys to use: those configured; without any the shipped ones that are known here; empty for every provider.</summary>
    /// <param name="configured">The setting <c>Rates:Api:DefaultProviders</c>.</param>
    /// <param name="known">Keys of the providers of the book.</param>
    public static IReadOnlyList<string> Resolve(IList<string> configured, IReadOnlyCollection<string> known) => configured switch
    {
        [] => [.. Keys.Where(known.Contains)],
        [All] => [],
        _ => [.. configured],
    };
}
