namespace Rates.Api;

/// <summary>Walks the names and values of a raw query without copying it; only an escaped value costs a string.</summary>
internal ref struct QueryReader(ReadOnlySpan<char> query)
{
    private ReadOnlySpan<char> _left = query.StartsWith('?') ? query[1..] : query;

    /// <summary>The name arrived at.</summary>
    public ReadOnlySpan<char> Name { get; private set; }

    /// <summary>Its value, unescaped; empty where there is none.</summary>
    public ReadOnlySpan<char> Value { get; private set; }

    /// <summary>Goes to the next; false at the end.</summary>
    public bool Read()
    {
        while (!_left.IsEmpty)
        {
            var part = Cut(_left, '&', out _left);
            if (!part.IsEmpty)
            {
                Name = Unescape(Cut(part, '=', out var value));
                Value = Unescape(value);
                return true;
            }
        }

        return false;
    }

    /// <summary>What stands before <paramref name="mark"/>, all of it without one; <paramref name="rest"/> is what stands after.</summary>
    public static ReadOnlySpan<char> Cut(ReadOnlySpan<char> text, char mark, out ReadOnlySpan<char> rest)
    {
        var end = text.IndexOf(mark);
        rest = end < 0 ? default : text[(end + 1)..];
        return end < 0 ? text : text[..end];
    }

    private static ReadOnlySpan<char> Unescape(ReadOnlySpan<char> text) =>
        text.ContainsAny('%', '+') ? Uri.UnescapeDataString(text.ToString().Replace('+', ' ')) : text;
}
