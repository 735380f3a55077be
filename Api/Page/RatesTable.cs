using System.Globalization;
using Rates.Core;

namespace Rates.Api;

/// <summary>Writes the table of rates: a row a quote, a column a provider, and before them the combined rates.</summary>
internal static class RatesTable
{
    private const int MostPlaces = 12;

    // Above, an amount times a rate may be larger than a decimal.
    private const decimal LargestAmount = 1e15m;

    /// <summary>Writes it, with what the providers without figures say.</summary>
    public static void Write(PageLayout layout, PageQuery query, TableAnswer answer, decimal amount, RateBook book, DateOnly today)
    {
        var html = layout.Html;
        var shown = answer.Each.Providers.Where(entry => entry.Rates.Count > 0).ToList();
        var absent = answer.Each.Providers.Where(entry => entry.Rates.Count == 0).ToList();
        var factor = MinorUnits.Find(query.From) is null && Math.Abs(amount) < LargestAmount ? amount : 1;
        html.Add($"""<section id="answer" aria-label="Rates"><p class="summary">{Summary(query, shown, absent)}</p>""");
        if (shown.Count > 0)
        {
            var caption = $"{PageText.Grouped(factor)} {answer.Each.Base} in other currencies, by provider";
            html.Add($"""
                <div id="scroll" role="region" aria-label="Table of rates, scrolls sideways" tabindex="0"><table id="table">
                <caption>{caption}</caption><thead><tr>
                <th scope="col"><strong>{PageText.Grouped(factor)} {answer.Each.Base} in</strong></th>
                """);
            html.Add($"""<th scope="col"><strong>{Name(answer.Combined.Select)}</strong>{Whose(query)}</th>""");
            shown.ForEach(entry => Head(layout, entry, today));
            html.Add($"</tr></thead><tbody>");
            foreach (var quote in query.TableQuotes.Select(code => code.ToUpperInvariant())
                .Where(code => query.Quotes.Length > 0 || shown.Any(entry => entry.Rates.ContainsKey(code))))
            {
                Row(layout, answer, shown, quote, factor);
            }

            html.Add($"</tbody></table></div>");
        }

        More(layout, query, shown, absent);
        html.Add($"</section>");
    }

    private static void Head(PageLayout layout, ProviderRates entry, DateOnly today)
    {
        layout.Html.Add($"""
            <th scope="col"><strong><a href="{layout.Root}providers/{entry.Provider}">{entry.Name}</a></strong>
            <span class="status {entry.Status}">{entry.Status}</span>
            <time datetime="{entry.AsOf}">{entry.AsOf}, {PageText.Age(entry.AsOf, today)}</time>
            """);
        if (entry.Reason is { } reason)
        {
            layout.Html.Add($"<small>{reason}</small>");
        }

        layout.Html.Add($"</th>");
    }

    private static void Row(PageLayout layout, TableAnswer answer, List<ProviderRates> shown, string quote, decimal factor)
    {
        var html = layout.Html;
        var record = Currency.TryParse(quote, out var currency) ? CurrencyRegistry.Find(currency) : null;
        var places = factor == 1 ? -1 : record?.MinorDigits ?? MostPlaces;
        html.Add($"""
            <tr><th scope="row"><a href="{layout.Root}pair/{answer.Each.Base}/{quote}">{quote}</a><small>{NameOf(record)}</small></th>
            """);
        var combined = answer.Combined.Rates.GetValueOrDefault(quote);
        var below = combined is null ? "" : Below(combined);
        Cell(html, (Name(answer.Combined.Select), ""), combined?.Rate, factor, places, "", below, combined?.Note);
        foreach (var entry in shown)
        {
            decimal? rate = entry.Rates.TryGetValue(quote, out var found) ? found : null;
            var kind = entry.Derived?.Contains(quote) == true ? " cross" : "";
            Cell(html, (entry.Name, $"{entry.Status}, {entry.AsOf}"), rate, factor, places, kind, Remark(entry, quote), null);
        }

        html.Add($"</tr>");
    }

    // Figures of metals, units and crypto assets stand among those of currencies: the name says which they are.
    private static string? NameOf(CurrencyRecord? record) => record?.Kind switch
    {
        CurrencyKind.Crypto => $"{record.Name}, crypto asset",
        CurrencyKind.Metal => $"{record.Name}, metal",
        CurrencyKind.Unit => $"{record.Name}, unit of account",
        _ => record?.Name,
    };

    private static void Cell(
        HtmlBuilder html, (string Name, string Day) column, decimal? rate, decimal factor, int places, string kind, string below,
        string? tip)
    {
        if (rate is not { } figure)
        {
            html.Add($"""<td class="none" data-label="{column.Name}" title="{tip ?? "not covered"}">–""");
        }
        else if (places < 0)
        {
            html.Add($"""
                <td data-label="{column.Name}" data-day="{column.Day}" data-value="{figure}">
                <span class="figure{kind}">{figure.ToText()}</span>
                """);
        }
        else
        {
            var product = decimal.Round(figure * factor, places, MidpointRounding.AwayFromZero);
            html.Add($"""
                <td data-label="{column.Name}" data-day="{column.Day}" data-value="{figure}">
                <span class="figure{kind}">{PageText.Grouped(product)}</span><small>at {figure.ToText()}</small>
                """);
        }

        if (below.Length > 0)
        {
            html.Add($"""<small title="{tip}">{below}</small>""");
        }

        html.Add($"</td>");
    }

    private static void More(PageLayout layout, PageQuery query, List<ProviderRates> shown, List<ProviderRates> absent)
    {
        var html = layout.Html;
        var isAll = query.Providers == "all";
        var other = query.WithProviders(isAll ? "" : "all").Address;
        html.Add($"""
            <p><a id="more" href="{layout.Root}{other}">{(isAll ? "Only the usual providers" : "More providers")}</a></p>
            """);
        if (absent.Count > 0)
        {
            html.Add($"""
                <details class="absent"{(shown.Count == 0 || absent.Count <= 3 ? " open" : "")}>
                <summary>{absent.Count} without figures</summary><ul>
                """);
            absent.ForEach(entry => html.Add($"""
                <li><span class="status {entry.Status}">{entry.Status}</span>
                <a href="{layout.Root}providers/{entry.Provider}">{entry.Name}:</a> {entry.Reason ?? "covers none of these"}</li>
                """));
            html.Add($"</ul></details>");
        }

        if (shown.Any(entry => entry.Derived?.Count > 0))
        {
            html.Add($"""
                <p class="help">Figures <span class="cross">in italics</span> are crosses: computed from the provider's own published
                pairs of one day.</p>
                """);
        }
    }

    private static string Summary(PageQuery query, List<ProviderRates> shown, List<ProviderRates> absent)
    {
        var late = shown.Count(entry => entry.Status is "stale" or "frozen");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Count(Covered(query, shown), "currency", "currencies")} from {Count(shown.Count, "provider", "providers")}")
            + (late > 0 ? string.Create(CultureInfo.InvariantCulture, $", {late} late") : "")
            + (absent.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $", {absent.Count} without figures") : "") + ".";
    }

    private static int Covered(PageQuery query, List<ProviderRates> shown) =>
        query.TableQuotes.Count(code => shown.Any(entry => entry.Rates.ContainsKey(code.ToUpperInvariant())));

    private static string Count(int count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");

    private static string Whose(PageQuery query) => query.Chosen.Count > 0 ? "of those chosen" : "of all daily sources";

    private static string Name(string select) => char.ToUpperInvariant(select[0]) + select[1..];

    // An old median names its status and day; the whole sentence is the same in many rows and stands in the tip.
    private static string Below(BlendedQuote combined) =>
        combined.Note is not null ? $"{combined.Status}, {combined.Newest}"
        : combined.Count < 2 ? "of one"
        : string.Create(CultureInfo.InvariantCulture, $"of {combined.Count}, spread {PageText.Percent(combined.Spread)}");

    private static string Remark(ProviderRates entry, string quote) => string.Join(
        ", ",
        new[]
        {
            entry.Unconfirmed?.Contains(quote) == true ? "unconfirmed" : "",
            entry.Older is { } older && older.TryGetValue(quote, out var day) ? $"of {day}" : "",
        }.Where(remark => remark.Length > 0));
}
