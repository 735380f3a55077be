namespace Rates.Api;

/// <summary>Writes the frame around the client's pages: head, title, links.</summary>
/// <param name="html">Where to.</param>
/// <param name="root">The way from the page to the top of the service, such as <c>./</c> or <c>../../</c>: a proxy may serve it all below
/// a path of its own.</param>
internal sealed class PageLayout(HtmlBuilder html, string root)
{
    /// <summary>The way from a request's path to the top, for links.</summary>
    public static string RootOf(HttpRequest request)
    {
        var depth = request.Path.Value.AsSpan().Count('/') - 1;
        return depth <= 0 ? "./" : string.Concat(Enumerable.Repeat("../", depth));
    }

    /// <summary>The page's HTML.</summary>
    public HtmlBuilder Html => html;

    /// <summary>The way to the top.</summary>
    public string Root => root;

    /// <summary>Writes what stands before the content.</summary>
    /// <param name="title">The title of the window.</param>
    /// <param name="problem">What prevents the page; while there are no rates yet, it asks for itself again.</param>
    /// <param name="here">The link of the header that leads to this page: empty for the converter, such as <c>providers</c>; null for none.
    /// </param>
    public void Begin(string title, ProblemException? problem, string? here)
    {
        html.Add($"""
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="color-scheme" content="light dark">
              <meta name="description" content="Published exchange rates of many providers, side by side.">

            """);
        if (problem?.Status == StatusCodes.Status503ServiceUnavailable)
        {
            html.Add($"""  <meta http-equiv="refresh" content="3">""");
        }

        html.Add($"""
              <title>{title}</title>
              <link rel="icon" type="image/svg+xml" href="{root}icon.svg">
              <link rel="stylesheet" href="{root}page.css">
              <script src="{root}tables.js" defer></script>
              <script src="{root}page.js" defer></script>
            </head>
            <body data-root="{root}">
              <a class="skip" href="#content">Skip to the content</a>
              <header>
                <p class="brand"><a href="{root}">Rates</a></p>
                <p class="claim">Exchange rates as their publishers publish them, side by side.</p>
                <nav class="site" aria-label="Site">
            """);
        Place("", "Convert");
        Place("providers", "Providers");
        Place("reference", "API");
        html.Add($"""
            </nav>
              </header>
              <main id="content" tabindex="-1">

            """);

        void Place(string path, string name) =>
            html.Add($"""<a href="{root}{path}"{(path == here ? " aria-current=page" : "")}>{name}</a>""");
    }

    /// <summary>Writes what stands after the content.</summary>
    public void End() => html.Add($"""
              </main>
              <footer>
                <p id="live" role="status" aria-live="polite"></p>
                <p class="links">
                  <a href="{root}providers">Providers and terms</a>
                  <a href="{root}reference">API reference</a>
                  <a href="{root}openapi/v1.json">OpenAPI</a>
                  <a href="{root}llms.txt">For assistants</a>
                </p>
              </footer>
            </body>
            </html>

            """);

    /// <summary>Writes what is wrong, as an alert.</summary>
    /// <param name="problem">What is wrong.</param>
    /// <param name="id">The id that the field at fault refers to.</param>
    public void Problem(ProblemException problem, string id) =>
        html.Add($"""<p class="problem" id="{id}" role="alert">{problem.Message}</p>""");
}
