using Rates.Core;

namespace Rates.Api;

/// <summary>States in one sentence why there is no combined rate of a pair: each reason with the providers that it is true of.</summary>
internal static class WhyNoBlend
{
    private const int MostReasons = 3;
    private const int MostProviders = 5;

    /// <summary>The sentence, of a pair that no provider that may be used has.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="scope">The providers asked.</param>
    public static string Of(CurrencyPair pair, in BlendScope scope)
    {
        List<LeftOutProvider> leftOut = new(scope.Indexes.Length);
        foreach (var index in scope.Indexes)
        {
            var entry = scope.Entries[index];
            leftOut.Add(new(entry.Key, scope.WhyNot(entry) ?? entry.WhyNot(pair)));
        }

        return Of(leftOut);
    }

    /// <summary>The sentence.</summary>
    /// <param name="leftOut">Every provider asked, with its own reason.</param>
    public static string Of(IReadOnlyCollection<LeftOutProvider> leftOut)
    {
        // The most frequent first; of equally frequent ones that of the provider asked first.
        var byReason = leftOut.GroupBy(left => left.Reason, left => left.Provider, StringComparer.Ordinal)
            .OrderByDescending(providers => providers.Count()).ToList();

        // That all of them have other pairs is no more than the sentence says without it.
        return byReason is [] or [{ Key: "" or ProviderEntry.LacksPair }] ? RatesProblems.CoveredByNone
            : leftOut.Count == 1 ? $"{RatesProblems.CoveredByNone}: {byReason[0].Key}"
            : $"{RatesProblems.CoveredByNone}: {string.Join("; ", byReason.Take(MostReasons).Select(Told))}{Rest(byReason)}";
    }

    private static string Told(IGrouping<string, string> providers) =>
        $"{(providers.Key.Length > 0 ? providers.Key : "has no rates")} ({string.Join(", ", providers.Take(MostProviders))}"
            + $"{More(providers.Count() - MostProviders)})";

    private static string More(int count) => count switch
    {
        <= 0 => "",
        1 => " and 1 other",
        _ => $" and {count} others",
    };

    private static string Rest(List<IGrouping<string, string>> byReason) =>
        byReason.Skip(MostReasons).Sum(providers => providers.Count()) is var others and > 0
            ? $"; other reasons ({others} {(others == 1 ? "provider" : "providers")})"
            : "";
}
