using System.Globalization;

namespace Rates.Api;

/// <summary>
/// Parses numbers in queries and request bodies without rounding: one that a decimal cannot hold exactly is refused, not cut.
/// </summary>
internal static class ExactDecimal
{
    /// <summary>Most significant digits, and most digits after the point. Every number within both fits a decimal exactly.</summary>
    public const int MaxDigits = 28;

    // Longer than any number within the limits; bounds the work on hostile input.
    private const int MaxLength = 200;

    /// <summary>Reads digits with an optional sign, one optional point and, where allowed, an exponent.</summary>
    /// <param name="text">The number. No spaces and no thousands separators.</param>
    /// <param name="allowExponent">True for JSON numbers such as <c>1.5e3</c>.</param>
    /// <param name="value">The number with its digits; trailing zeros after the point are kept up to <see cref="MaxDigits"/>.</param>
    /// <returns>Null when it was read; else why not, such as <c>is not a decimal number such as 1234.56</c>.</returns>
    public static string? Read(ReadOnlySpan<char> text, bool allowExponent, out decimal value)
    {
        value = 0;
        var style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign
            | (allowExponent ? NumberStyles.AllowExponent : NumberStyles.None);
        var mark = text.IndexOfAny('e', 'E');
        var mantissa = mark < 0 ? text : text[..mark];
        if (text.Length > MaxLength || !IsNumber(mantissa))
        {
            return "is not a decimal number such as 1234.56";
        }

        var exponent = 0;
        if (mark >= 0 && (!allowExponent
            || !int.TryParse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)))
        {
            return "is not a decimal number such as 1234.56";
        }

        var (significant, places) = Count(mantissa);
        return significant <= MaxDigits && places - (long)exponent <= MaxDigits
            && decimal.TryParse(text, style, CultureInfo.InvariantCulture, out value)
            ? null
            : $"has more than {MaxDigits} digits or places, which cannot be converted exactly";
    }

    private static bool IsNumber(ReadOnlySpan<char> text)
    {
        var digits = text.StartsWith('-') || text.StartsWith('+') ? text[1..] : text;
        var point = digits.IndexOf('.');
        return digits.ContainsAnyInRange('0', '9')
            && !(point < 0 ? digits : digits[..point]).ContainsAnyExceptInRange('0', '9')
            && (point < 0 || !digits[(point + 1)..].ContainsAnyExceptInRange('0', '9'));
    }

    // Leading zeros and trailing zeros after the point are no significant digits.
    private static (int Significant, int Places) Count(ReadOnlySpan<char> mantissa)
    {
        var digits = mantissa.TrimStart("+-");
        var point = digits.IndexOf('.');
        var whole = (point < 0 ? digits : digits[..point]).TrimStart('0');
        var fraction = point < 0 ? default : digits[(point + 1)..].TrimEnd('0');
        var significant = whole.IsEmpty ? fraction.TrimStart('0').Length : whole.Length + fraction.Length;
        return (significant, significant == 0 ? 0 : fraction.Length);
    }
}
