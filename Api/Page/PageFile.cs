using System.Reflection;
using Microsoft.Extensions.Primitives;

namespace Rates.Api;

/// <summary>One file of a web page of the Api, embedded in the program, and how it is sent.</summary>
internal sealed class PageFile
{
    private static readonly TimeSpan CacheTime = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The Content-Security-Policy of pages: nothing from other hosts, nothing inline, and no other page may frame this one.
    /// </summary>
    public static StringValues ContentSecurity { get; } =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private readonly EncodedBody _body;
    private readonly AnswerHeaders _headers;

    private PageFile(string path, string name, string contentType)
    {
        Path = path;
        using var embedded = Assembly.GetExecutingAssembly().GetManifestResourceStream($"page/{name}")
            ?? throw new InvalidOperationException($"The page's {name} is not embedded");
        var bytes = new byte[embedded.Length];
        embedded.ReadExactly(bytes);
        _headers = AnswerHeaders.Of(contentType, bytes, CacheLifetime.For(CacheTime));
        _body = new(bytes, _headers.ETag);
        _body.Compress();
    }

    /// <summary>The page with its style and script.</summary>
    public static IReadOnlyList<PageFile> All { get; } =
    [
        new("/", "page.html", "text/html; charset=utf-8"),
        new("/page.css", "page.css", "text/css; charset=utf-8"),
        new("/page.js", "page.js", "text/javascript; charset=utf-8"),
    ];

    /// <summary>What the operators' page needs besides.</summary>
    public static IReadOnlyList<PageFile> Operators { get; } =
    [
        new("/ops.css", "ops.css", "text/css; charset=utf-8"),
        new("/ops.js", "ops.js", "text/javascript; charset=utf-8"),
        new("/sources.js", "sources.js", "text/javascript; charset=utf-8"),
    ];

    /// <summary>The path it is served at.</summary>
    public string Path { get; }

    /// <summary>Sends the file.</summary>
    public Task SendAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurity;
        headers["Referrer-Policy"] = "no-referrer";
        return AnswerSender.SendAsync(context, _body, _headers, default);
    }
}
