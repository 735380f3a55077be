using System.Text;
using System.Xml;

namespace Rates.Api;

/// <summary>Makes text valid for XML answers by replacing the characters that XML forbids.</summary>
internal static class XmlText
{
    /// <summary>
    /// The text with every character that XML 1.0 cannot hold replaced by U+FFFD; a client may have sent such a character.
    /// </summary>
    public static string Clean(string text)
    {
        var bad = text.AsSpan().IndexOfAnyExceptInRange('\u0020', '\ud7ff');
        if (bad < 0)
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? Rune.ReplacementChar : rune);
        }

        return clean.ToString();
    }
}
