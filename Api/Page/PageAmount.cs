namespace Rates.Api;

/// <summary>Reads an amount as people of different countries type it, where only one meaning is possible.</summary>
internal static class PageAmount
{
    private const int GroupLength = 3;

    /// <summary>
    /// The amount as <c>/v1/convert</c> takes it, a decimal with a point: <c>1,234.5</c>, <c>1.234,5</c>, <c>1 234,5</c> and <c>1234.5</c>
    /// are all 1234.5. A text that is no such amount is given back as it is, so that the endpoint says what is wrong with it.
    /// </summary>
    /// <exception cref="ProblemException">400: the text has two meanings, such as <c>1,234</c>.</exception>
    public static string Read(string text)
    {
        var plain = string.Concat(text.Where(letter => !char.IsWhiteSpace(letter) && letter is not ('\'' or '’' or '_')));
        var (commas, points) = (plain.Count(letter => letter == ','), plain.Count(letter => letter == '.'));
        return (commas, points) switch
        {
            (0, <= 1) => plain,
            (1, 0) => OfComma(plain),
            (_, 0) => Joined(plain, ',', '\0'),
            (0, _) => Joined(plain, '.', '\0'),
            (1, _) when plain.LastIndexOf('.') < plain.IndexOf(',') => Joined(plain, '.', ','),
            (_, 1) when plain.LastIndexOf(',') < plain.IndexOf('.') => Joined(plain, ',', '.'),
            _ => plain,
        };
    }

    // A single comma is a decimal comma, unless three digits follow: then it may as well part thousands.
    private static string OfComma(string plain)
    {
        var comma = plain.IndexOf(',');
        return plain.Length - comma - 1 != GroupLength || plain[..comma] is "" or "0"
            ? plain.Replace(',', '.')
            : throw ProblemException.BadValue(
                "amount", plain,
                $"may mean {plain.Replace(",", "", StringComparison.Ordinal)} or {plain.Replace(',', '.')}; write it in one of these ways");
    }

    // Thousands are parted by one sign in groups of three; the other sign, if there is one, is before the decimal places.
    private static string Joined(string plain, char between, char point)
    {
        var end = point == '\0' ? plain.Length : plain.IndexOf(point);
        var groups = plain[..end].Split(between);
        var isGrouped = groups[0].Length is >= 1 and <= GroupLength && groups.Skip(1).All(group => group.Length == GroupLength);
        return !isGrouped ? plain : end == plain.Length ? string.Concat(groups) : $"{string.Concat(groups)}.{plain[(end + 1)..]}";
    }
}
