using System.Globalization;

namespace Rates.Providers;

/// <summary>The ways in which sources write numbers. Nothing but the declared form is read: a wrong guess is off by thousands.</summary>
public enum NumberForm
{
    /// <summary><c>1234.5</c></summary>
    Point,

    /// <summary><c>1234,5</c></summary>
    Comma,

    /// <summary><c>1,234.5</c>; the groups are of three digits, or absent.</summary>
    PointGrouped,

    /// <summary><c>1.234,5</c>; the groups are of three digits, or absent.</summary>
    CommaGrouped,

    /// <summary><c>1 234,5</c> with blanks or no-break spaces between groups of three.</summary>
    CommaSpaced,
}

/// <summary>Parses the numbers that sources publish into decimals without losing or inventing a digit.</summary>
internal static class RateNumber
{
    private const NumberStyles SignedDecimal = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;

    /// <summary>Reads a figure; a leading sign is allowed, an exponent is not.</summary>
    /// <exception cref="FormatException">Not a number of that form, or more than 28 significant digits; the message quotes it.</exception>
    public static decimal Parse(ReadOnlySpan<char> text, NumberForm form = NumberForm.Point)
    {
        var trimmed = text.Trim();
        Span<char> plain = stackalloc char[Math.Min(trimmed.Length, 64)];
        return trimmed.Length <= 64 && Plain(trimmed, form, plain) is var length and > 0
            && decimal.TryParse(plain[..length], SignedDecimal, CultureInfo.InvariantCulture, out var value)
            && SignificantDigits(plain[..length]) <= 28
                ? value
                : throw new FormatException($"'{trimmed[..Math.Min(trimmed.Length, 40)]}' is not a number of the form {form}");
    }

    /// <summary>Reads a JSON number as written, exponent included; the value must be exact in a decimal.</summary>
    public static decimal ParseJson(ReadOnlySpan<char> raw)
    {
        var exponentAt = raw.IndexOfAny('e', 'E');
        if (exponentAt < 0)
        {
            return Parse(raw);
        }

        var mantissa = Parse(raw[..exponentAt]);
        if (!int.TryParse(raw[(exponentAt + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            || exponent is < -20 or > 20)
        {
            throw new FormatException($"'{raw[..Math.Min(raw.Length, 40)]}' is out of range");
        }

        var scaled = mantissa;
        for (var step = 0; step < Math.Abs(exponent); step++)
        {
            scaled = exponent > 0 ? scaled * 10 : scaled / 10;
        }

        return scaled != 0 || mantissa == 0 ? scaled : throw new FormatException($"'{raw}' is out of range");
    }

    /// <summary>Reads a figure, or null when the text is blank or one of the source's markers for "not quoted".</summary>
    public static decimal? ParseOrNull(ReadOnlySpan<char> text, NumberForm form = NumberForm.Point, params ReadOnlySpan<string> markers)
    {
        var trimmed = text.Trim();
        if (trimmed.IsEmpty)
        {
            return null;
        }

        foreach (var marker in markers)
        {
            if (trimmed.Equals(marker, StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }
        }

        return Parse(trimmed, form);
    }

    private static int Plain(ReadOnlySpan<char> text, NumberForm form, Span<char> plain)
    {
        var (point, group) = form switch
        {
            NumberForm.Point => ('.', '\0'),
            NumberForm.Comma => (',', '\0'),
            NumberForm.PointGrouped => ('.', ','),
            NumberForm.CommaGrouped => (',', '.'),
            _ => (',', ' '),
        };
        var pointAt = text.IndexOf(point);
        var whole = pointAt < 0 ? text.Length : pointAt;
        var (length, sinceGroup, grouped) = (0, 0, false);
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at] is '\u00A0' or '\u202F' ? ' ' : text[at];
            if (character == group && group != '\0' && at < whole)
            {
                if (sinceGroup == 0 || (grouped ? sinceGroup != 3 : sinceGroup > 3))
                {
                    return 0;
                }

                (grouped, sinceGroup) = (true, 0);
                continue;
            }

            if (at < whole && char.IsAsciiDigit(character))
            {
                sinceGroup++;
            }

            plain[length++] = character == point ? '.' : character is '.' ? ',' : character;
        }

        return grouped && sinceGroup != 3 ? 0 : length;
    }

    private static int SignificantDigits(ReadOnlySpan<char> plain)
    {
        var digits = 0;
        foreach (var character in plain)
        {
            digits += char.IsAsciiDigit(character) && (digits > 0 || character != '0') ? 1 : 0;
        }

        return digits;
    }
}
