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
    /// <param name="reload">Whether the page asks for itself again after some seconds.</param>
    public void Begin(string title, bool reload)
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
        if (reload)
        {
            html.Add($"""  <meta http-equiv="refresh" content="3">""");
        }

        html.Add($"""
              <title>{title}</title>
              <link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E
                %3Crect width='32' height='32' rx='8' fill='%232f5d50'/%3E
                %3Cpath d='M8 12h13l-4-4M24 20H11l4 4' fill='none' stroke='white' stroke-width='2.5'
                  stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E">
              <link rel="stylesheet" href="{root}page.css">
              <script src="{root}page.js" defer></script>
            </head>
            <body data-root="{root}">
              <a class="skip" href="#content">Skip to the rates</a>
              <header>
                <p class="brand"><a href="{root}">Rates</a></p>
                <p>Exchange rates as their publishers publish them, side by side.</p>
              </header>
              <main id="content" tabindex="-1">

            """);
    }

    /// <summary>Writes what stands after the content.</summary>
    /// <param name="csv">Address of the same as CSV, below the root.</param>
    /// <param name="json">Address of the same as JSON, below the root.</param>
    public void End(string csv, string json) => html.Add($"""
              </main>
              <footer>
                <p id="live" role="status"></p>
                <p>
                  <a href="{root}{csv}">This view as CSV</a>
                  <a href="{root}{json}">as JSON</a>
                  <a href="{root}providers">Providers and terms</a>
                  <a href="{root}reference">API reference</a>
              <a href="{root}openapi/v1.json">OpenAPI</a>
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

    /// <summary>Writes a request that can be copied, and the link to the page itself.</summary>
    /// <param name="request">The request of the page.</param>
    /// <param name="self">The address of the page, as seen from it.</param>
    /// <param name="path">The request of the interface, with its query.</param>
    public void Share(HttpRequest request, string self, string path)
    {
        var address = $"{request.Scheme}://{request.Host}{request.PathBase}";
        html.Add($"""
            <div class="share">
              <p><a href="{self}" data-copy="href">Link to this page</a></p>
              <p><code data-copy="text" data-request="{path}">curl '{address}/{path}'</code></p>
            </div>
            """);
    }
}
