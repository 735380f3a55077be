using System.Globalization;

namespace Rates.Api;

/// <summary>Writes the figures of a pair: what they have in common, and each with where it comes from.</summary>
internal static class PairTable
{
    /// <summary>Writes the title and the combined rate.</summary>
    public static void Head(PageLayout layout, PairQuery query, PairAnswer answer, RateBook book, DateOnly today)
    {
        var (html, root) = (layout.Html, layout.Root);
        var convert = LocalAnswers.Query(("from", answer.Base), ("to", answer.Quote), ("date", query.Date));
        html.Add($"""
            <nav aria-label="Pair"><a href="{root}?{convert}">Convert {answer.Base} to {answer.Quote}</a>
            <a href="{root}pair/{answer.Quote}/{answer.Base}?{query.Address(null)}">{answer.Quote}/{answer.Base}</a>
            <a href="{root}currencies/{answer.Base}">About {answer.Base}</a>
            <a href="{root}currencies/{answer.Quote}">About {answer.Quote}</a></nav>
            <h1>{answer.Base}/{answer.Quote} <small>{PageText.CurrencyName(answer.Base)} in
            {PageText.CurrencyName(answer.Quote)}</small></h1>
            """);
        if (answer.Statistics is not { } all)
        {
            html.Add($"""<p class="warning">No provider that is used for combined rates has this pair.</p>""");
            return;
        }

        html.Add($"""<section id="result" aria-label="Combined rate">""");
        if (all.Median is { } median)
        {
            var shown = PageFigure.OfRate(median);
            html.Add($"""
                <p class="answer">1 {answer.Base} = <strong data-copy="title" title="{shown.Full}">{shown.Text} {answer.Quote}</strong></p>
                """);
        }
        else
        {
            html.Add($"""<p class="answer">1 {answer.Base} = <strong>no agreed rate</strong></p>""");
        }

        html.Add($"""<p class="origin">""");
        PageStatus.Write(html, all.Status);
        html.Add($"""
             {(all.Median is null ? "" : "Median of ")}{all.Count} {(all.Count == 1 ? "provider" : "providers")},
            {PageText.Day(all.Newest, today)},
            {PageFigure.OfRate(all.Min).Text} to {PageFigure.OfRate(all.Max).Text},
            <span title="{PageText.SpreadMeaning}">spread {PageText.Percent(all.Spread)}</span></p>
            """);
        if (all.Note is { } note)
        {
            html.Add($"""<p class="warning">{PageText.Sentence(PageText.Named(note, book))}</p>""");
        }

        html.Add($"</section>");
    }

    /// <summary>Writes the choice of the chart's lines.</summary>
    public static void ChartChoice(PageLayout layout, PairQuery query, List<PairFigure> covering, IReadOnlyList<string> keys)
    {
        var html = layout.Html;
        html.Add($"""
            <details><summary>Choose the lines</summary>
            <form class="lines" method="get"><input type="hidden" name="range" value="{query.Range}">
            """);
        if (query.Date.Length > 0)
        {
            html.Add($"""<input type="hidden" name="date" value="{query.Date}">""");
        }

        html.Add($"""<fieldset><legend>At most {PairQuery.MostLines}</legend><div id="providers">""");
        foreach (var figure in covering)
        {
            html.Add($"""
                <label data-find="{figure.Provider} {figure.Name}"><input type="checkbox" name="chart"
                value="{figure.Provider}"{(keys.Contains(figure.Provider) ? " checked" : "")}>{figure.Name}</label>
                """);
        }

        html.Add($"""
            </div><label><input type="checkbox" name="median" value="true"{(query.WithMedian ? " checked" : "")}>Also their median,
            where they are two or more</label></fieldset><button type="submit">Draw</button></form></details>
            """);
    }

    /// <summary>Writes a row for each provider that has the pair; the others are named below with their reasons.</summary>
    /// <param name="layout">The page.</param>
    /// <param name="answer">The answer of <c>/v1/rates/{base}/{quote}</c>.</param>
    /// <param name="covering">The figures that have a rate.</param>
    /// <param name="evidence">The addresses of the documents that figures were read from, by provider.</param>
    /// <param name="today">Today, UTC.</param>
    public static void Write(
        PageLayout layout, PairAnswer answer, List<PairFigure> covering, IReadOnlyDictionary<string, string> evidence, DateOnly today)
    {
        var (html, root) = (layout.Html, layout.Root);
        html.Add($"""
            <section id="answer" aria-label="Providers"><h2>By provider</h2>
            <div id="scroll" role="region" aria-label="Table of providers, scrolls sideways" tabindex="0">
            <table class="sortable figures"><caption>{answer.Base}/{answer.Quote} by provider</caption><thead><tr>
            <th scope="col">Provider</th><th scope="col">Rate</th><th scope="col">From the median</th><th scope="col">Day</th>
            <th scope="col">Published figures</th><th scope="col">Fetched, UTC</th><th scope="col">Proof</th></tr></thead><tbody>
            """);
        var tail = covering.Select(figure => PageFigure.OfRate(figure.Rate ?? 0).Tail).DefaultIfEmpty().Max();
        foreach (var figure in covering.OrderByDescending(figure => figure.AsOf, StringComparer.Ordinal).ThenBy(figure => figure.Name))
        {
            Row(layout, figure, answer.Statistics?.Median, tail, today);
            Proof(layout, figure, evidence.GetValueOrDefault(figure.Provider));
        }

        html.Add($"</tbody></table></div>");
        PageStatus.WriteAbsent(
            layout,
            answer.Providers.Where(figure => figure.Rate is null)
                .Select(figure => (figure.Provider, figure.Name, figure.Status, figure.Reason ?? "")),
            isOpen: false);
        Explain(html, answer, covering);
        html.Add($"</section>");
    }

    private static void Row(PageLayout layout, PairFigure figure, decimal? median, int tail, DateOnly today)
    {
        var (html, root) = (layout.Html, layout.Root);
        var off = median is { } middle && middle != 0 ? (figure.Rate - middle) / middle : null;
        html.Add($"""
            <tr id="{figure.Provider}"><th scope="row"><a href="{root}providers/{figure.Provider}">{figure.Name}</a>
            """);
        PageStatus.Write(html, figure.Status);
        html.Add($"""</th><td data-label="Rate" data-value="{figure.Rate?.ToText()}">""");
        PageFigure.OfRate(figure.Rate ?? 0).Write(html, tail, figure.Derived == true ? " cross" : "");
        html.Add($"""
            <small>{figure.Kind}{(figure.Unconfirmed == true ? ", unconfirmed" : "")}</small></td>
            <td data-label="From the median" data-value="{off?.ToText()}">{(off is { } share ? Signed(share) : "–")}</td>
            <td data-label="Day" data-value="{figure.AsOf}"><time datetime="{figure.AsOf}">{figure.AsOf}</time>
            <small>{PageText.Age(figure.AsOf, today)}</small></td>
            <td data-label="Published figures"><span class="published">
            """);
        foreach (var leg in figure.Published ?? [])
        {
            html.Add($"""<span>{leg.Pair} {leg.Rate}{(leg.Inverted ? ", inverted" : "")}</span> """);
        }

        html.Add($"</span>");
        if (figure.Reason is { } reason)
        {
            html.Add($"<small>{reason}</small>");
        }

        html.Add($"""
            </td><td data-label="Fetched, UTC" class="{(figure.FetchedAt is null ? "lacks" : "")}" data-value="{figure.FetchedAt}">
            <time datetime="{figure.FetchedAt}">{(figure.FetchedAt is null ? "–" : Part(figure.FetchedAt, 0, 10))}</time>
            <small>{Part(figure.FetchedAt, 11, 16)}</small></td>
            """);
    }

    private static void Proof(PageLayout layout, PairFigure figure, string? evidence)
    {
        var (html, root) = (layout.Html, layout.Root);
        var source = PageText.Link(figure.Source);
        html.Add($"""<td data-label="Proof" class="proof{(source is null && evidence is null ? " lacks" : "")}">""");
        if (source is not null)
        {
            html.Add($"""<a href="{source}" rel="noreferrer" title="{source}">source</a> """);
        }

        if (evidence is not null)
        {
            html.Add($"""<a href="{root}{evidence}">evidence</a>""");
        }

        html.Add($"{(source is null && evidence is null ? "–" : "")}</td></tr>");
    }

    private static void Explain(HtmlBuilder html, PairAnswer answer, List<PairFigure> covering)
    {
        html.Add($"""<div class="help">""");
        if (covering.Any(figure => figure.Derived == true))
        {
            html.Add($"""
                <p>Figures <span class="cross">in italics</span> are computed from the published figures beside them; an inverted one
                is divided by.</p>
                """);
        }

        var unconfirmed = covering.Any(figure => figure.Unconfirmed == true) || answer.Statistics?.Unconfirmed == true;
        PageStatus.Explain(
            html,
            [.. answer.Providers.Select(figure => figure.Status), answer.Statistics?.Status, unconfirmed ? "unconfirmed" : null]);
        html.Add($"</div>");
    }

    private static string Signed(decimal share) => (share * 100).ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture) + " %";

    // Of an instant such as 2026-08-20T14:02:11Z.
    private static string Part(string? instant, int from, int to) => instant is { Length: > 16 } ? instant[from..to] : "";
}
