namespace Rates.Api;

/// <summary>Writes how what a page shows is used elsewhere: its link, a request, a formula for spreadsheets, files.</summary>
internal static class PageShare
{
    /// <summary>Writes all of them.</summary>
    /// <param name="layout">Where to.</param>
    /// <param name="request">The request of the page.</param>
    /// <param name="self">The address of the page, as seen from it.</param>
    /// <param name="path">The request of the interface, with its query, below the root.</param>
    public static void Write(PageLayout layout, HttpRequest request, string self, string path)
    {
        var top = $"{request.Scheme}://{request.Host}{request.PathBase}/";
        layout.Html.Add($"""
            <section class="share" aria-label="Use it elsewhere"><dl>
            <div><dt>Link</dt><dd><a href="{self}" data-copy="href">This page</a></dd></div>
            <div><dt>curl</dt><dd><code data-copy="text" data-start="curl '" data-request="{path}" data-end="'">curl '{top}{path}'</code>
            </dd></div>
            <div><dt>Sheets</dt><dd><code data-copy="text" data-start="=IMPORTDATA(&quot;" data-request="{As(path, "csv")}"
            data-end="&quot;, &quot;,&quot;, &quot;en_US&quot;)">=IMPORTDATA("{top}{As(path, "csv")}", ",", "en_US")</code></dd></div>
            <div><dt>Data</dt><dd>
            """);
        Files(layout, path);
        layout.Html.Add($"</dd></div></dl></section>");
    }

    /// <summary>Writes links to an answer in the formats that programs read.</summary>
    /// <param name="layout">Where to.</param>
    /// <param name="path">The request of the interface, with its query, below the root.</param>
    public static void Files(PageLayout layout, string path) => layout.Html.Add($"""
        <a href="{layout.Root}{As(path, "csv")}">CSV</a> <a href="{layout.Root}{path}">JSON</a>
        <a href="{layout.Root}{As(path, "xml")}">XML</a>
        """);

    private static string As(string path, string format) =>
        $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}format={format}";
}
