using System.Globalization;
using Rates.Core;

namespace Rates.Api;

/// <summary>What a provider's newest sheet says of a currency, as it was published.</summary>
internal static class PublishedFigures
{
    /// <summary>The headline figures of the provider's newest sheet that have the currency on one side; empty for none.</summary>
    public static List<Observation> Of(ProviderEntry? entry, Currency code) => entry?.Sheet is { } sheet
        ? [.. Headline.Of(sheet).Where(figure => figure.Pair.Base == code || figure.Pair.Quote == code)]
        : [];

    /// <summary>Writes the first of them, and how many more there are.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="entry">The provider; null writes nothing.</param>
    /// <param name="code">The currency.</param>
    /// <param name="pivot">A currency with which all others have a figure: of it nothing is written; null for none.</param>
    public static void Write(HtmlBuilder html, ProviderEntry? entry, Currency code, string? pivot)
    {
        if (code.Code == pivot || Of(entry, code) is not [var first, ..] published)
        {
            html.Add($"–");
            return;
        }

        var more = published.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $", and {published.Count - 1} more") : "";
        html.Add($"{first.Pair.ToString()} {first.Rate.ToText()} <small>{first.Kind.ToText()}{more}</small>");
    }
}
