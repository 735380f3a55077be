namespace Rates.Api;

/// <summary>
/// Enumerates the names and values of a request's raw query string without copying it; only an escaped value allocates a string.
/// </summary>
/// <param name="query">As it came, with or without its question mark.</param>
internal ref struct QueryReader(ReadOnlySpan<char> query)
{
    private readonly bool _isEscaped = query.ContainsAny('%', '+');
    private ReadOnlySpan<char> _left = query.StartsWith('?') ? query[1..] : query;

    /// <summary>The current name, unescaped.</summary>
    public ReadOnlySpan<char> Name { get; private set; }

    /// <summary>The current value, unescaped; empty when there is none.</summary>
    public ReadOnlySpan<char> Value { get; private set; }

    /// <summary>Goes to the next name and value; false at the end.</summary>
    public bool Read()
    {
        while (!_left.IsEmpty)
        {
            var part = TakeUntil(_left, '&', out _left);
            if (!part.IsEmpty)
            {
                Name = Unescape(TakeUntil(part, '=', out var value));
                Value = Unescape(value);
                return true;
            }
        }

        return false;
    }

    /// <summary>The text before the first <paramref name="mark"/>, or all of it without one.</summary>
    /// <param name="text">The text to split.</param>
    /// <param name="mark">The character to split at.</param>
    /// <param name="rest">The text after the mark; empty without one.</param>
    public static ReadOnlySpan<char> TakeUntil(ReadOnlySpan<char> text, char mark, out ReadOnlySpan<char> rest)
    {
        var end = text.IndexOf(mark);
        rest = end < 0 ? default : text[(end + 1)..];
        return end < 0 ? text : text[..end];
    }

    private readonly ReadOnlySpan<char> Unescape(ReadOnlySpan<char> text) =>
        _isEscaped && text.ContainsAny('%', '+') ? Uri.UnescapeDataString(text.ToString().Replace('+', ' ')) : text;
}
