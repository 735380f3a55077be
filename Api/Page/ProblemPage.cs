using Microsoft.AspNetCore.WebUtilities;

namespace Rates.Api;

/// <summary>Tells a person in a browser what is wrong where there is no page, such as at an unknown address.</summary>
internal static class ProblemPage
{
    // Programs ask here: their errors have one form, whoever asks.
    private static readonly PathString[] Programs = ["/v1", "/openapi", "/health", "/metrics", "/mcp", "/soap"];

    /// <summary>Whether a request comes from somebody who reads pages.</summary>
    public static bool IsWanted(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && AnswerFormats.IsOfBrowser(request)
        && !Programs.Any(path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));

    /// <summary>Sends the page, under the status of the problem.</summary>
    public static Task WriteAsync(HttpContext context, ProblemException problem)
    {
        var layout = new PageLayout(new(), PageLayout.RootOf(context.Request));
        var title = ReasonPhrases.GetReasonPhrase(problem.Status);
        layout.Begin($"{title} – Rates", problem, here: null);
        layout.Html.Add($"<h1>{title}</h1>");
        layout.Problem(problem, "problem");
        layout.Html.Add($"""
            <p><a href="{layout.Root}">Convert an amount</a>, or see <a href="{layout.Root}providers">the providers</a>.</p>
            """);
        layout.End();
        return PageSender.SendAsync(context, layout.Html, problem, DateTimeOffset.MinValue);
    }
}
