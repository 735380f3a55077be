using System.Collections.Frozen;
using Microsoft.AspNetCore.WebUtilities;

namespace Rates.Api;

/// <summary>
/// Shows a person what is wrong with an address, as a page. Addresses that programs ask, such as those below <c>/v1</c>, are answered with
/// problem+json also in a browser.
/// </summary>
internal static class ProblemPage
{
    // The first parts of their paths. Façades have errors of their own.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> ForPrograms =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "v1", "openapi", "health", "metrics", "mcp", "soap")
            .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a browser asks, and for no address of programs.</summary>
    public static bool IsFor(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && AnswerFormats.IsOfBrowser(request)
        && !ForPrograms.Contains(QueryReader.TakeUntil(request.Path.Value.AsSpan().TrimStart('/'), '/', out _));

    /// <summary>Sends the page, under the status of the problem.</summary>
    public static Task SendAsync(HttpContext context, ProblemException problem)
    {
        var layout = new PageLayout(new(), PageLayout.RootOf(context.Request));
        var title = ReasonPhrases.GetReasonPhrase(problem.Status);
        layout.Begin($"{title} – Rates", problem, null);
        layout.Html.Add($"<h1>{title}</h1>");
        layout.Problem(problem, "problem");
        layout.Html.Add($"""
            <p><a href="{layout.Root}">Convert an amount</a>, or see <a href="{layout.Root}providers">the providers</a>.</p>
            """);
        layout.End();
        return PageSender.SendAsync(context, layout.Html, problem, default);
    }
}
