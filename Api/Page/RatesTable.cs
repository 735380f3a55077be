using System.Globalization;
using Rates.Core;

namespace Rates.Api;

/// <summary>Writes the table of rates: a row a quote, a column a provider, and before them the combined rates.</summary>
internal static class RatesTable
{
    /// <summary>Writes it, with what the providers without figures say.</summary>
    public static void Write(PageLayout layout, PageQuery query, TableAnswer answer, ConverterAnswer? result, DateOnly today)
    {
        var html = layout.Html;
        var shown = answer.Each.Providers.Where(entry => entry.Rates.Count > 0).ToList();
        var absent = answer.Each.Providers.Where(entry => entry.Rates.Count == 0).ToList();
        var title = $"{PageText.Grouped(RatesCell.Factor(query, result))} {answer.Each.Base}";
        html.Add($"""
            <section id="answer" aria-labelledby="by-provider"><h2 id="by-provider">{title} by provider</h2>
            <p class="summary">{Summary(query, shown, absent)}</p>
            """);
        if (shown.Count > 0)
        {
            Table(layout, query, answer, shown, (RatesCell.Factor(query, result), result), title, today);
        }

        Below(layout, query, answer, shown, absent);
        html.Add($"</section>");
    }

    private static void Table(
        PageLayout layout, PageQuery query, TableAnswer answer, List<ProviderRates> shown, (decimal Factor, ConverterAnswer? Done) result,
        string title, DateOnly today)
    {
        var html = layout.Html;
        html.Add($"""
            <a class="skip" href="#after-table">Skip the table</a>
            <p class="phone"><label><input type="checkbox" id="every"> Each provider's figures for every currency</label></p>
            <div id="scroll" role="region" aria-label="Table of rates, scrolls sideways" tabindex="0"><table id="table" class="sortable">
            <caption>{title} in other currencies, by provider</caption><thead><tr>
            <th scope="col"><strong>{title} in</strong></th>
            <th scope="col"><strong>{Name(answer.Combined.Select)}</strong><span>{Whose(query)}</span></th>
            """);
        shown.ForEach(entry => Head(layout, entry, today));
        html.Add($"</tr></thead><tbody>");
        string[] quotes =
        [
            .. query.TableQuotes.Select(code => code.ToUpperInvariant())
                .Where(code => query.Quotes.Length > 0 || shown.Any(entry => entry.Rates.ContainsKey(code))),
        ];
        List<List<RatesCell>> columns =
        [
            [
                .. quotes.Select(quote => RatesCell.Of(answer.Combined, quote, result.Factor, answer.Book)
                    .WithAmount(query.Policy.Length == 0 && quote == result.Done?.Exact.To ? result.Done.Exact.Result : null, quote)),
            ],
            .. shown.Select(entry => quotes.Select(quote => RatesCell.Of(entry, quote, result.Factor)).ToList()),
        ];
        var names = shown.Select(entry => (entry.Name, Day: $"{entry.Status}, {entry.AsOf}"))
            .Prepend((Name(answer.Combined.Select), "")).ToList();
        var tails = columns.ConvertAll(column => column.Max(cell => cell.Figure?.Tail ?? 0));
        foreach (var (row, quote) in quotes.Index())
        {
            html.Add($"""
                <tr><th scope="row"><a href="{layout.Root}pair/{answer.Each.Base}/{quote}">{quote}</a><small>{NameOf(quote)}</small></th>
                """);
            foreach (var (number, column) in columns.Index())
            {
                var legs = number == 0 ? "" : $"{layout.Root}pair/{answer.Each.Base}/{quote}#{shown[number - 1].Provider}";
                column[row].Write(html, names[number], tails[number], legs);
            }

            html.Add($"</tr>");
        }

        html.Add($"</tbody></table></div>");
    }

    private static void Head(PageLayout layout, ProviderRates entry, DateOnly today)
    {
        layout.Html.Add($"""
            <th scope="col"><strong><a href="{layout.Root}providers/{entry.Provider}">{entry.Name}</a></strong>
            """);
        PageStatus.Write(layout.Html, entry.Status);
        layout.Html.Add($""" <time datetime="{entry.AsOf}">{entry.AsOf}</time> <span>{PageText.Age(entry.AsOf, today)}</span>""");
        if (entry.Reason is { } reason)
        {
            layout.Html.Add($"<small>{reason}</small>");
        }

        layout.Html.Add($"</th>");
    }

    // Figures of metals, units and crypto assets stand among those of currencies: the name says which they are.
    private static string? NameOf(string quote)
    {
        var record = PageText.CurrencyOf(quote);
        return record?.Kind switch
        {
            CurrencyKind.Crypto => $"{record.Name}, crypto asset",
            CurrencyKind.Metal => $"{record.Name}, metal",
            CurrencyKind.Unit => $"{record.Name}, unit of account",
            _ => record?.Name,
        };
    }

    private static void Below(
        PageLayout layout, PageQuery query, TableAnswer answer, List<ProviderRates> shown, List<ProviderRates> absent)
    {
        var html = layout.Html;
        var isAll = query.Providers == "all";
        var other = query.WithProviders(isAll ? "" : "all").Address;
        html.Add($"""
            <p id="after-table" class="links"><a href="#providers" data-open="choose">Choose providers</a>
            <a id="more" href="{layout.Root}{other}">{(isAll ? "Only the usual providers" : "Show all providers")}</a>
            <span data-table="table">Table as
            """);
        PageShare.Files(layout, $"v1/rates?{query.Table("each")}");
        html.Add($"</span></p>");
        PageStatus.WriteAbsent(
            layout, absent.Select(entry => (entry.Provider, entry.Name, entry.Status, entry.Reason ?? "covers none of these")),
            isOpen: shown.Count == 0 || absent.Count <= 3);
        Explain(html, answer, shown, absent);
    }

    private static void Explain(HtmlBuilder html, TableAnswer answer, List<ProviderRates> shown, List<ProviderRates> absent)
    {
        var combined = answer.Combined.Rates.Values;
        html.Add($"""<div class="help">""");
        if (combined.Any(one => one.Count > 1))
        {
            html.Add($"<p>Spread: {PageText.SpreadMeaning.ToLowerInvariant()}. A small one says that the sources agree.</p>");
        }

        if (shown.Any(entry => entry.Derived?.Count > 0))
        {
            html.Add($"""
                <p>Figures <span class="cross">in italics</span> are crosses: computed from the provider's own published
                pairs of one day. Each is a link to those pairs.</p>
                """);
        }

        var unconfirmed = combined.Any(one => one.Unconfirmed == true) || shown.Any(entry => entry.Unconfirmed?.Count > 0);
        PageStatus.Explain(html, shown.Concat(absent).Select(entry => entry.Status).Concat(combined.Select(one => one.Status))
            .Append(unconfirmed ? "unconfirmed" : null));
        html.Add($"</div>");
    }

    private static string Summary(PageQuery query, List<ProviderRates> shown, List<ProviderRates> absent)
    {
        if (shown.Count == 0)
        {
            return absent.Count == 1 ? "The provider has no figures." : string.Create(
                CultureInfo.InvariantCulture, $"None of the {absent.Count} providers has figures; each says why below.");
        }

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
}
