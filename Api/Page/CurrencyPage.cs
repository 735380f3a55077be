using Rates.Core;

namespace Rates.Api;

/// <summary>
/// Answers <c>/currencies/{code}</c>: the life of a currency, what came before and after it, to what it is fixed, and who quotes it.
/// </summary>
internal sealed class CurrencyPage(LocalAnswers answers, CurrentBook current, PastDayReader days, TimeProvider time)
{
    private const string Pegs = "pegs";

    /// <summary>Shows the page.</summary>
    public async Task ShowAsync(HttpContext context)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var code = context.Request.RouteValues["code"] as string ?? "";
        var book = current.Book;
        var read = await PageAnswers.TryAsync(
            () => PageAnswers.ReadAsync(answers.CurrencyAsync(context, code), PageJson.Default.CurrencyView));
        var layout = new PageLayout(new(), PageLayout.RootOf(context.Request));
        var path = $"v1/currencies/{Uri.EscapeDataString(code)}";
        layout.Begin($"{read.Value?.Code ?? "Currencies"} – Rates", read.Problem, null);
        if (read.Value is { } currency)
        {
            Facts(layout, currency, book);
            Providers(layout, currency, book, days.Today);
            PageShare.Write(layout, context.Request, currency.Code, path);
        }
        else
        {
            layout.Html.Add($"<h1>{code}</h1>");
            layout.Problem(read.Problem!, "problem");
            layout.Html.Add($"""<p><a href="{layout.Root}">Convert an amount</a></p>""");
        }

        layout.End();
        await PageSender.SendAsync(context, layout.Html, read.Problem, time.GetUtcNow());
    }

    private static void Facts(PageLayout layout, CurrencyView currency, RateBook book)
    {
        var (html, root, code) = (layout.Html, layout.Root, Currency.Parse(currency.Code));
        var other = currency.Code == "EUR" ? "USD" : "EUR";
        html.Add($"""
            <nav aria-label="Currency"><a href="{root}?from={currency.Code}&amp;to={other}">Convert {currency.Code}</a>
            <a href="{root}pair/{other}/{currency.Code}">{other}/{currency.Code}</a></nav>
            <h1>{currency.Code} <small>{currency.Name}</small></h1>
            <section id="facts" aria-label="Facts"><dl class="facts"><dt>Kind</dt><dd>{currency.Kind.ToText()}</dd>
            """);
        if (currency.Numeric is { } number)
        {
            html.Add($"<dt>ISO 4217 number</dt><dd>{number}</dd>");
        }

        html.Add($"""
            <dt>Decimal places</dt><dd>{currency.MinorDigits}</dd>
            <dt>Life</dt><dd>{Life(currency)}</dd>
            """);
        Currencies(layout, "Came after", [.. CurrencyRegistry.All.Where(one => one.Successor == code).Select(one => one.Code.Code)]);
        Currencies(layout, "Replaced by", currency.Successor is { } successor ? [successor] : []);
        var pegs = PublishedFigures.Of(book.Find(Pegs), code);
        if (pegs.Count > 0)
        {
            html.Add($"""<dt>Fixed</dt><dd class="many">""");
            pegs.ForEach(peg => html.Add($"1 {peg.Pair.Base.Code} = {peg.Rate.ToText()} {peg.Pair.Quote.Code}<br>"));
            html.Add($"""<a href="{root}providers/{Pegs}">official pegs</a></dd>""");
        }

        html.Add($"</dl></section>");
    }

    private static string Life(CurrencyView currency) => (currency.Born, currency.Retired) switch
    {
        ({ } born, { } retired) => $"{born} to {retired}",
        (null, { } retired) => $"to {retired}; the first day is not recorded",
        ({ } born, null) => $"in use since {born}",
        _ => "in use; the first day is not recorded",
    };

    private static void Currencies(PageLayout layout, string name, IReadOnlyList<string> codes)
    {
        if (codes.Count == 0)
        {
            return;
        }

        layout.Html.Add($"<dt>{name}</dt><dd class=\"many\">");
        foreach (var code in codes)
        {
            layout.Html.Add($"""<a href="{layout.Root}currencies/{code}">{code}</a> {PageText.CurrencyName(code)}<br>""");
        }

        layout.Html.Add($"</dd>");
    }

    private static void Providers(PageLayout layout, CurrencyView currency, RateBook book, DateOnly today)
    {
        var (html, root, code) = (layout.Html, layout.Root, Currency.Parse(currency.Code));
        var count = currency.Providers.Count;
        var many = count switch { 0 => "no provider", 1 => "1 provider", _ => $"{count} providers" };
        html.Add($"""<section id="answer" aria-label="Providers"><h2>Quoted by {many}</h2>""");
        if (count == 0)
        {
            html.Add($"""<p class="help">No provider has a figure of it now.</p></section>""");
            return;
        }

        html.Add($"""
            <div id="scroll" role="region" aria-label="Table of providers, scrolls sideways" tabindex="0">
            <table class="sortable list"><caption>Providers of {currency.Code}</caption><thead><tr><th scope="col">Provider</th>
            <th scope="col">Published figure</th><th scope="col">Day</th><th scope="col">Status</th></tr></thead><tbody>
            """);
        foreach (var entry in currency.Providers.Select(book.Find).OfType<ProviderEntry>())
        {
            html.Add($"""
                <tr><th scope="row"><a href="{root}providers/{entry.Key}">{entry.Name}</a></th><td data-label="Published figure"><span>
                """);
            PublishedFigures.Write(html, entry, code, pivot: null);
            var day = entry.AsOf?.ToText();
            html.Add($"""
                </span></td><td data-label="Day" data-value="{day}"><span>{day} <small>{PageText.Age(day, today)}</small></span></td>
                <td data-label="Status">
                """);
            PageStatus.Write(html, entry.Status.ToText());
            html.Add($"</td></tr>");
        }

        html.Add($"</tbody></table></div>");
        PageStatus.Explain(html, currency.Providers.Select(key => book.Find(key)?.Status.ToText()));
        html.Add($"</section>");
    }
}
