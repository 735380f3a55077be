using Rates.Core;

namespace Rates.Api;

/// <summary>
/// Answers <c>/providers/{key}</c>: what one provider publishes, when, since when, under which terms, how it goes, and which currencies it
/// has.
/// </summary>
internal sealed class ProviderPage(
    LocalAnswers answers, CurrentBook current, ProviderDayReader stored, PastDayReader days, TimeProvider time)
{
    /// <summary>Shows the page.</summary>
    public async Task ShowAsync(HttpContext context)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var key = context.Request.RouteValues["key"] as string ?? "";
        var book = current.Book;
        var read = await PageAnswers.TryAsync(
            () => PageAnswers.ReadAsync(answers.ProviderAsync(context, key), PageJson.Default.ProviderView));
        var layout = new PageLayout(new(), PageLayout.RootOf(context.Request));
        var path = $"v1/providers/{Uri.EscapeDataString(key)}";
        layout.Begin($"{read.Value?.Name ?? "Providers"} – Rates", read.Problem, "providers");
        layout.Html.Add($"""<nav aria-label="Providers"><a href="{layout.Root}providers">All providers</a></nav>""");
        if (read.Value is { } provider)
        {
            var entry = book.Find(provider.Key);
            var past = entry is null ? null : await ProviderPast.ReadAsync(stored, entry, time.GetUtcNow(), context.RequestAborted);
            ProviderFactsView.Write(layout, provider, past, book, days.Today);
            Currencies(layout, provider, entry);
            PageShare.Write(layout, context.Request, provider.Key, path);
        }
        else
        {
            layout.Html.Add($"<h1>{key}</h1>");
            layout.Problem(read.Problem!, "problem");
        }

        layout.End();
        await PageSender.SendAsync(context, layout.Html, read.Problem, time.GetUtcNow());
    }

    /// <summary>Writes a row for each currency, with its days where they are known.</summary>
    private static void Currencies(PageLayout layout, ProviderView provider, ProviderEntry? entry)
    {
        var (html, root) = (layout.Html, layout.Root);
        var days = provider.Coverage?.ToDictionary(one => one.Code) ?? [];
        string[] codes = [.. provider.Currencies.Union(days.Keys).Order(StringComparer.Ordinal)];
        html.Add($"""<section id="currencies" aria-label="Currencies"><h2>{codes.Length} currencies</h2>""");
        if (codes.Length == 0)
        {
            html.Add($"""<p class="help">No figure of this provider is stored here.</p></section>""");
            return;
        }

        html.Add($"""
            <div id="scroll" role="region" aria-label="Table of currencies, scrolls sideways" tabindex="0">
            <table class="sortable list"><caption>Currencies of {provider.Name}</caption><thead><tr>
            <th scope="col">Code</th><th scope="col">Name</th><th scope="col">Published figure</th>
            <th scope="col">First day here</th><th scope="col">Last day</th></tr></thead>
            <tbody>
            """);
        foreach (var code in codes)
        {
            var span = days.GetValueOrDefault(code);
            html.Add($"""
                <tr><th scope="row"><a href="{root}currencies/{code}">{code}</a></th>
                <td data-label="Name">{PageText.CurrencyName(code)}</td><td data-label="Published figure"><span>
                """);
            PublishedFigures.Write(html, entry, Currency.Parse(code), provider.Pivot);
            html.Add($"""
                </span></td><td data-label="First day here" data-value="{span?.First}">{span?.First ?? "–"}</td>
                <td data-label="Last day" data-value="{span?.Last}">{span?.Last ?? "–"}</td></tr>
                """);
        }

        html.Add($"</tbody></table></div>");
        if (provider.Coverage is null)
        {
            html.Add($"""<p class="warning">The store does not answer: the days of the currencies are not known now.</p>""");
        }

        html.Add($"</section>");
    }
}
