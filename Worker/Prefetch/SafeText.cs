using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Rates.Providers;

namespace Rates.Worker;

/// <summary>Makes text from a source safe for logs and the store: without credentials and control characters, and not too long.</summary>
internal static class SafeText
{
    private const int MostReason = 512;
    private const int MostExcerpt = 2 << 10;
    private const string Redacted = "***";

    // The Base64 of fewer bytes is so short that it occurs by chance.
    private const int LeastForBase64 = 8;

    /// <summary>The characters of the shortest secret that is looked for in texts of other sources: fewer occur by chance.</summary>
    public const int LeastForName = 6;

    // As many as there are secrets.
    private static readonly ConcurrentDictionary<string, Regex> Patterns = new(StringComparer.Ordinal);

    // Words in the names of headers whose values are credentials.
    private static readonly string[] SecretNames = ["auth", "key", "token", "secret", "cookie", "pass", "session", "credential"];

    /// <summary>Makes a reason safe: one line of at most 512 characters.</summary>
    public static string Safe(string text, params IReadOnlyList<string> secrets) =>
        Cut(Plain(Redact(text, secrets), keepLines: false), MostReason);

    /// <summary>Makes the beginning of a body safe: at most 2048 characters, with its line ends.</summary>
    public static string Excerpt(string text, params IReadOnlyList<string> secrets) =>
        Cut(Plain(Redact(text, secrets), keepLines: true), MostExcerpt);

    /// <summary>What is taken out of the texts of a provider's source: its own secrets and those of other providers.</summary>
    public static IReadOnlyList<string> SecretsOf(ProviderBlock block) => [.. OwnSecretsOf(block), .. block.SecretsOfOthers];

    /// <summary>
    /// The credentials of a provider: its key, the values of its headers that are credentials by their name, and passwords in its
    /// addresses.
    /// </summary>
    public static IReadOnlyList<string> OwnSecretsOf(ProviderBlock block) =>
    [
        block.Key,
        .. PartsOfKey(block),
        .. block.Secrets,
        .. block.Headers.Where(header => IsSecretName(header.Key))
            .SelectMany(header => header.Value.Split(' ').Append(header.Value)).Where(value => value.Length >= LeastForName),
        .. (block.Address is null ? block.Addresses.Values : block.Addresses.Values.Append(block.Address))
            .Select(address => address.UserInfo.Split(':', 2)).Where(user => user.Length == 2 && user[1].Length > 0)
            .Select(user => Uri.UnescapeDataString(user[1])),
    ];

    // A source repeats user and password apart. A short user name occurs by chance.
    private static IEnumerable<string> PartsOfKey(ProviderBlock block) =>
        block.Credential is { User.Length: > 0 } credential
            ? credential.Parameters(block.Key).Where(part => part.Name == credential.Query || part.Value.Length >= LeastForName)
                .Select(part => part.Value)
            : [];

    /// <summary>True for the name of a header whose value is most likely a credential.</summary>
    public static bool IsSecretName(string header) =>
        SecretNames.Any(word => header.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>True when the text repeats a secret in any form.</summary>
    public static bool Contains(string text, IReadOnlyList<string> secrets) => Redact(text, secrets) != text;

    /// <summary>The text with each secret replaced by <c>***</c>.</summary>
    public static string Redact(string text, IReadOnlyList<string> secrets) =>
        secrets.Where(secret => secret.Length > 0).OrderByDescending(secret => secret.Length).Aggregate(
            text,
            (rest, secret) => Patterns.GetOrAdd(secret, Search).Replace(rest, Redacted));

    private static Regex Search(string secret) =>
        new(Pattern(secret), RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking);

    // A source may repeat the secret in the other case, as Base64, or with any of its characters encoded for an address, HTML or JSON.
    private static string Pattern(string secret) =>
        string.Join('|', [string.Concat(secret.EnumerateRunes().Select(AnyForm)), .. AsBase64(secret)]);

    // What stands before the secret decides how its bytes fall into groups of three. Characters that also hold bits of its neighbours
    // are left out.
    private static IEnumerable<string> AsBase64(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        for (var before = 0; before < 3 && bytes.Length >= LeastForBase64; before++)
        {
            var text = Convert.ToBase64String([.. new byte[before], .. bytes]).TrimEnd('=');
            var first = ((before * 8) + 5) / 6;
            var whole = (before + bytes.Length) * 8 / 6;
            yield return Regex.Escape(text[first..whole]).Replace("\\+", "[+-]", StringComparison.Ordinal).Replace(
                "/", "[/_]", StringComparison.Ordinal);
        }
    }

    private static string AnyForm(Rune rune)
    {
        var bytes = Encoding.UTF8.GetBytes(rune.ToString());
        List<string> forms = [Regex.Escape(rune.ToString()), string.Concat(bytes.Select(one => $"%(?:25)?(?i:{one:x2})"))];
        forms.Add(string.Create(CultureInfo.InvariantCulture, $"&#(?:0*{rune.Value}|[xX]0*(?i:{rune.Value:x}));"));
        forms.Add(string.Concat(rune.ToString().Select(unit => $"\\\\u(?i:{(int)unit:x4})")));
        forms.Add($"\\\\{Regex.Escape(rune.ToString())}");
        if (rune.Value == ' ')
        {
            forms.Add("\\+");
        }

        forms.AddRange(rune.Value switch
        {
            '&' => ["&amp;"],
            '<' => ["&lt;"],
            '>' => ["&gt;"],
            '"' => ["&quot;"],
            '\'' => ["&apos;"],
            _ => Array.Empty<string>(),
        });
        return $"(?:{string.Join('|', forms)})";
    }

    private static string Plain(string text, bool keepLines) =>
        string.Concat(
            text.Select(letter => char.IsControl(letter) && !(keepLines && letter is '\n' or '\t') || IsBidi(letter) ? ' ' : letter));

    // Characters that change the writing direction can make a log line look like another one.
    private static bool IsBidi(char letter) => letter is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';

    private static string Cut(string text, int most) => text.Length <= most ? text : $"{text.AsSpan(0, most - 1)}…";
}
