using System.Net;
using System.Text.RegularExpressions;

namespace Rates.Providers;

/// <summary>Finds links on pages of sources that give their newest document another address each time.</summary>
internal static partial class Links
{
    /// <summary>The requests for what the page links to, in the order of the page; links to other hosts are left out.</summary>
    /// <param name="page">The page.</param>
    /// <param name="source">The provider whose page it is: its address is the base of relative links.</param>
    /// <param name="isWanted">Chooses by the address, made absolute and decoded, and by the text of the link.</param>
    /// <exception cref="ProviderException">The page has no such link.</exception>
    public static IReadOnlyList<ProviderRequest> Find(ProviderBody page, RateProvider source, Func<string, string, bool> isWanted)
    {
        List<ProviderRequest> found = [];
        foreach (Match link in Anchor.Matches(page.Text(StrictDecoder.OfTable(page.Bytes.Span))))
        {
            var text = string.Join(' ', WebUtility.HtmlDecode(Tag.Replace(link.Groups["text"].Value, " "))
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            if (Uri.TryCreate(source.Block.Address, WebUtility.HtmlDecode(link.Groups["address"].Value), out var address)
                && address.Host == source.Block.Address!.Host && address.Scheme is "https"
                && isWanted(Uri.UnescapeDataString(address.AbsolutePath), text))
            {
                found.Add(new ProviderRequest("GET", address.AbsoluteUri));
            }
        }

        return found.Count > 0
            ? found
            : throw new ProviderException(ProviderFault.Unreadable, source.Key, "the page does not link to the document that it should");
    }

    [GeneratedRegex(
        """<a\b[^<>]{0,1000}?\bhref\s*=\s*["'](?<address>[^"'<>]{1,1000})["'][^<>]{0,1000}>(?<text>.{0,2000}?)</a>""",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Anchor { get; }

    [GeneratedRegex("<[^<>]*>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tag { get; }
}
