using System.Reflection;
using Microsoft.Extensions.Primitives;

namespace Rates.Api;

/// <summary>One file of the web page, embedded in the program.</summary>
internal sealed class PageFile
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    // Nothing from elsewhere, nothing inline, in nobody's frame.
    private static readonly StringValues ContentSecurity =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private readonly byte[] _body;
    private readonly AnswerHeaders _facts;

    private PageFile(string path, string name, string contentType)
    {
        Path = path;
        using var embedded = Assembly.GetExecutingAssembly().GetManifestResourceStream($"page/{name}")
            ?? throw new InvalidOperationException($"The page's {name} is not embedded");
        _body = new byte[embedded.Length];
        embedded.ReadExactly(_body);
        _facts = AnswerHeaders.Of(contentType, _body, Freshness.For(Kept));
    }

    /// <summary>The page and what it needs.</summary>
    public static IReadOnlyList<PageFile> All { get; } =
    [
        new("/", "page.html", "text/html; charset=utf-8"),
        new("/page.css", "page.css", "text/css; charset=utf-8"),
        new("/page.js", "page.js", "text/javascript; charset=utf-8"),
    ];

    /// <summary>Its address.</summary>
    public string Path { get; }

    /// <summary>Sends it.</summary>
    public Task SendAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurity;
        headers["Referrer-Policy"] = "no-referrer";
        return AnswerSender.SendAsync(context, _body, _facts, default);
    }
}
