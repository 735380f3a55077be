using System.Globalization;

namespace Rates.Api;

/// <summary>Answers <c>/providers</c>: every provider, the datasets of an institution below it.</summary>
internal sealed class ProvidersPage(LocalAnswers answers, TimeProvider time)
{
    /// <summary>Shows the page.</summary>
    public async Task ShowAsync(HttpContext context)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var read = await PageAnswers.TryAsync(
            () => PageAnswers.ReadAsync(answers.ProvidersAsync(context), PageJson.Default.IReadOnlyListProviderView));
        var layout = new PageLayout(new(), PageLayout.RootOf(context.Request));
        var (html, root) = (layout.Html, layout.Root);
        layout.Begin("Providers – Rates", read.Problem, "providers");
        if (read.Value is not { } providers)
        {
            html.Add($"<h1>Providers</h1>");
            layout.Problem(read.Problem!, "problem");
        }
        else
        {
            html.Add($"""
                <h1>{providers.Count} providers</h1><details class="words"><summary>{Summary(providers)}</summary>
                """);
            PageStatus.Explain(html, providers.Select(one => one.Status));
            html.Add($"""
                </details>
                <section id="answer" aria-label="Providers" data-filter="Find by name, key, currency or status">
                <div id="scroll" role="region" aria-label="Table of providers, scrolls sideways" tabindex="0">
                <table class="sortable list wide"><caption>Every provider</caption><thead><tr><th scope="col">Provider</th>
                <th scope="col">Publishes</th><th scope="col">Category</th><th scope="col">Newest day</th><th scope="col">Status</th>
                <th scope="col">Currencies</th></tr></thead><tbody>
                """);
            foreach (var one in providers)
            {
                html.Add($"""
                    <tr data-key="{one.Key}"><th scope="row"><a href="{root}providers/{one.Key}">{one.Name}</a><small>{one.Key}</small></th>
                    <td data-label="Publishes"><span>{one.Publishes ?? "–"}</span></td><td data-label="Category">{one.Category}</td>
                    <td data-label="Newest day" class="day">{one.AsOf ?? "–"}</td>
                    <td data-label="Status">
                    """);
                PageStatus.Write(html, one.Status);
                html.Add($"""
                    </td><td data-label="Currencies" data-value="{one.Currencies.Count}">{one.Currencies.Count}</td></tr>
                    """);
            }

            html.Add($"""</tbody></table></div></section><p class="links">Data """);
            PageShare.Files(layout, "v1/providers");
            html.Add($"</p>");
        }

        layout.End();
        await PageSender.SendAsync(context, html, read.Problem, time.GetUtcNow());
    }

    private static string Summary(IReadOnlyList<ProviderView> providers) => string.Join(
        ", ",
        providers.CountBy(one => one.Status).OrderByDescending(status => status.Value)
            .Select(status => string.Create(CultureInfo.InvariantCulture, $"{status.Value} {status.Key}"))) + ".";
}
