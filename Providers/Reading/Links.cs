using Rates.Core;

namespace Rates.Providers;

/// <summary>Finds links on pages of sources that give their newest document another address each time.</summary>
internal static class Links
{
    /// <summary>The requests for what the page links to, in the order of the page; links to other hosts are left out.</summary>
    /// <param name="page">The page.</param>
    /// <param name="block">The block of the provider: its address is the base of relative links.</param>
    /// <param name="isWanted">Chooses by the address, made absolute and decoded, and by the text of the link.</param>
    /// <exception cref="FormatException">The page has no such link, or is no whole page.</exception>
    public static IReadOnlyList<ProviderRequest> Find(ProviderBody page, ProviderBlock block, Func<string, string, bool> isWanted)
    {
        List<ProviderRequest> found = [];
        foreach (var link in page.Page().Document.QuerySelectorAll("a[href]"))
        {
            if (Uri.TryCreate(block.Address, link.GetAttribute("href"), out var address)
                && address.Host == block.Address!.Host && address.Scheme is "https"
                && isWanted(Uri.UnescapeDataString(address.PathAndQuery), HtmlReading.Text(link)))
            {
                found.Add(new ProviderRequest("GET", address.AbsoluteUri));
            }
        }

        return found.Count > 0 ? found : throw new FormatException("it has no link to the document");
    }

    /// <summary>The requests for the documents of the window's days, whose days are in their names.</summary>
    /// <param name="page">The page.</param>
    /// <param name="block">The block of the provider.</param>
    /// <param name="day">Returns the day in an address; null for one that is no document.</param>
    /// <param name="window">The days.</param>
    /// <exception cref="FormatException">The page has no link to any document, or is no whole page.</exception>
    public static IEnumerable<ProviderRequest> OfDays(
        ProviderBody page, ProviderBlock block, Func<string, DateOnly?> day, FetchWindow window) =>
        Find(page, block, (address, _) => day(address) is not null)
            .Where(file => day(file.Path) is { } named && named >= window.From && named <= window.To);
}
