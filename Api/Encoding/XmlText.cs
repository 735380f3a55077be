using System.Buffers;
using System.Text;
using System.Xml;

namespace Rates.Api;

/// <summary>Makes text valid for XML answers by replacing the characters that XML forbids.</summary>
internal static class XmlText
{
    private static readonly SearchValues<char> Marked = SearchValues.Create("&<>\"\t\n\r");

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

    /// <summary>The text as the value of an attribute between quotation marks.</summary>
    public static string Attribute(string text)
    {
        var clean = Clean(text);
        return clean.AsSpan().IndexOfAny(Marked) < 0 ? clean : new StringBuilder(clean)
            .Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;")
            .Replace("\t", "&#x9;").Replace("\n", "&#xA;").Replace("\r", "&#xD;")
            .ToString();
    }
}
