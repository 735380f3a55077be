using System.Buffers;

namespace Rates.Core;

/// <summary>
/// Reads provider keys. A key names an institution (<c>nbp</c>), or one more dataset of it: <c>nbp.b</c> is the dataset <c>b</c> of
/// <c>nbp</c>. Every dataset is a provider of its own, with its schedule, calendar, history and health.
/// </summary>
public static class ProviderKey
{
    /// <summary>What a key may look like, in words.</summary>
    public const string Form = "lower-case letters, digits and dashes, with one dot before the name of a dataset";

    private const int Longest = 64;

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>True for a lower-case key of letters, digits and dashes, with at most one dot inside; 64 characters at most.</summary>
    /// <remarks>Not a regular expression: those take milliseconds of a start.</remarks>
    public static bool IsOne(string provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        var dot = provider.IndexOf('.', StringComparison.Ordinal);
        return provider.Length <= Longest && (dot < 0
            ? IsName(provider)
            : IsName(provider.AsSpan(0, dot)) && IsName(provider.AsSpan(dot + 1)));
    }

    /// <summary>
    /// Provider keys as they are stored, of those that a person wrote: in lower case, each once. What is no key in any case stays as it
    /// was written, so that a message about it can name it.
    /// </summary>
    /// <param name="keys">What was written; a null in it stays null.</param>
    public static IReadOnlyList<string> Written(IEnumerable<string> keys) =>
        [.. keys.Select(key => key?.ToLowerInvariant() is { } lower && IsOne(lower) ? lower : key!).Distinct(StringComparer.Ordinal)];

    /// <summary>Gives <paramref name="provider"/> back.</summary>
    /// <exception cref="ArgumentException">It is no provider key.</exception>
    public static string Checked(string provider) =>
        IsOne(provider) ? provider : throw new ArgumentException($"'{provider}' is not a provider key: {Form}", nameof(provider));

    /// <summary>The key of the institution that publishes the dataset: <c>nbp</c> for <c>nbp.b</c>, and for <c>nbp</c> itself.</summary>
    public static string Institution(string provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        var dot = provider.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? provider : provider[..dot];
    }

    /// <summary>True when <paramref name="provider"/> is a further dataset of an institution, such as <c>nbp.b</c>.</summary>
    public static bool IsDataset(string provider) => Institution(provider).Length < provider.Length;

    /// <summary>
    /// The key as names of environment variables can have it, which have no dots on most systems: <c>nbp_b</c> for <c>nbp.b</c>.
    /// </summary>
    public static string WithoutDot(string provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return provider.Replace('.', '_');
    }

    /// <summary>
    /// The key that a class name stands for: lower case, with a dot before a capital letter inside. <c>Ecb</c> is <c>ecb</c>,
    /// <c>NbpB</c> is <c>nbp.b</c>.
    /// </summary>
    public static string OfClass(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return string.Concat(name.Select((letter, place) => place > 0 && char.IsAsciiLetterUpper(letter) ? $".{letter}" : $"{letter}"))
            .ToLowerInvariant();
    }

    private static bool IsName(ReadOnlySpan<char> name) => name.Length > 0 && name[0] != '-' && !name.ContainsAnyExcept(Letters);
}
