using System.Text;

namespace Rates.Api;

/// <summary>Sends a page that was written for one request.</summary>
internal static class PageSender
{
    private static readonly TimeSpan CacheTime = TimeSpan.FromSeconds(5);

    /// <summary>Sends the page with its headers; with a problem, under its status and not to be kept.</summary>
    public static Task SendAsync(HttpContext context, HtmlBuilder html, ProblemException? problem, DateTimeOffset now)
    {
        PageFile.LockDown(context.Response.Headers);
        var bytes = Encoding.UTF8.GetBytes(html.ToString());
        const string type = "text/html; charset=utf-8";
        if (problem is null)
        {
            var headers = AnswerHeaders.Of(type, bytes, CacheLifetime.For(CacheTime));
            return AnswerSender.SendOnceAsync(context, bytes, headers, now);
        }

        context.Response.StatusCode = problem.Status;
        context.Response.Headers.CacheControl = "no-store";
        return AnswerSender.WriteAsync(context, bytes, type);
    }
}
