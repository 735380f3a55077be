using System.Text.RegularExpressions;

namespace Rates.Store;

/// <summary>Checks that a provider's key (such as <c>ecb</c>) may stand in store keys and in stored JSON.</summary>
public static partial class ProviderKey
{
    /// <summary>True for a lower-case key of letters, digits and dashes.</summary>
    public static bool IsOne(string provider) => Pattern().IsMatch(provider);

    /// <summary>Gives <paramref name="provider"/> back.</summary>
    /// <exception cref="ArgumentException">It is no lower-case key of letters, digits and dashes.</exception>
    public static string Checked(string provider) =>
        IsOne(provider)
            ? provider
            : throw new ArgumentException($"'{provider}' is not a provider key: lower-case letters, digits and dashes", nameof(provider));

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,63}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Pattern();
}
