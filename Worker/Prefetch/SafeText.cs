namespace Rates.Worker;

/// <summary>Makes text from a source safe for logs and the store: without credentials and control characters, and not too long.</summary>
internal static class SafeText
{
    private const int MostReason = 512;
    private const int MostExcerpt = 2 << 10;

    /// <summary>A reason: one line of at most 512 characters.</summary>
    public static string Safe(string text, string secret) => Cut(Plain(Without(text, secret), keepLines: false), MostReason);

    /// <summary>A piece of a body: at most 2048 characters, lines kept.</summary>
    public static string Excerpt(string text, string secret) => Cut(Plain(Without(text, secret), keepLines: true), MostExcerpt);

    private static string Without(string text, string secret) => secret.Length == 0
        ? text
        : text.Replace(secret, "***", StringComparison.Ordinal).Replace(
            Uri.EscapeDataString(secret), "***", StringComparison.OrdinalIgnoreCase);

    private static string Plain(string text, bool keepLines) =>
        string.Concat(
            text.Select(letter => char.IsControl(letter) && !(keepLines && letter is '\n' or '\t') || IsBidi(letter) ? ' ' : letter));

    // Characters that slot the direction of text can make a log line read as another.
    private static bool IsBidi(char letter) => letter is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';

    private static string Cut(string text, int most) => text.Length <= most ? text : $"{text.AsSpan(0, most - 1)}…";
}
