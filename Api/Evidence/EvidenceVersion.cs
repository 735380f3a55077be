using System.Buffers;
using System.Globalization;

namespace Rates.Api;

/// <summary>Reads the version by which evidence is asked for.</summary>
internal static class EvidenceVersion
{
    private static readonly SearchValues<char> OfEpochs = SearchValues.Create("0123456789abcdef-");

    /// <summary>
    /// Reads <c>1795679673132</c>, or a version as answers of rates give it, with the epoch before a colon:
    /// <c>1795679530093-ee17264bee036990:1795679673132</c>.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="version">The number of the sheet.</param>
    /// <returns>False for anything else.</returns>
    /// <remarks>Versions follow the clock and rise over epochs as well, so the number alone names the sheet.</remarks>
    public static bool TryParse(string text, out long version)
    {
        var end = text.LastIndexOf(':');
        return long.TryParse(text.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out version)
            && (end < 0 || text.AsSpan(0, end).IndexOfAnyExcept(OfEpochs) < 0);
    }
}
