using System.IO.Compression;
using System.Reflection;
using Microsoft.Extensions.Primitives;
using Scalar.AspNetCore;

namespace Rates.Api;

/// <summary>One file of a web page of the Api, embedded in the program, and how it is sent.</summary>
internal sealed class PageFile
{
    private const string Style = "text/css; charset=utf-8";
    private const string Script = "text/javascript; charset=utf-8";

    private static readonly TimeSpan CacheTime = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The Content-Security-Policy of pages: nothing from other hosts, nothing inline, and no other page may frame this one.
    /// </summary>
    private static StringValues ContentSecurity { get; } =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    // The reference page is drawn by a package that sets styles by script.
    private static StringValues ReferenceSecurity { get; } =
        "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
        + "font-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private readonly StringValues _security;
    private readonly Lazy<Content> _content;

    // Read at the first request: most starts are followed by none for a page.
    private PageFile(string path, string contentType, Func<Stream?> open, StringValues security)
    {
        (Path, _security) = (path, security);
        _content = new(() => Read(path, contentType, open));
    }

    /// <summary>The style, scripts and icon of the clients' pages.</summary>
    public static IReadOnlyList<PageFile> All { get; } =
    [
        Of("/page.css", Style),
        Of("/tables.js", Script),
        Of("/page.js", Script),
        Of("/icon.svg", "image/svg+xml"),
    ];

    /// <summary>What the operators' page needs besides.</summary>
    public static IReadOnlyList<PageFile> Operators { get; } =
    [
        Of("/ops.css", Style),
        Of("/ops.js", Script),
        Of("/sources.js", Script),
        Of("/webhooks.js", Script),
    ];

    /// <summary>What describes the interface to people and assistants.</summary>
    public static IReadOnlyList<PageFile> Descriptions { get; } =
    [
        Of("/llms.txt", "text/plain; charset=utf-8"),
        new("/reference", "text/html; charset=utf-8", () => Embedded("reference.html"), ReferenceSecurity),
        Of("/reference.js", Script),
        new("/scalar.js", Script, Scalar, ContentSecurity),
    ];

    /// <summary>The path it is served at.</summary>
    public string Path { get; }

    /// <summary>
    /// Sets the headers that every page and file has: what a browser may load, that it tells no other site of the page, and that it guesses
    /// no type.
    /// </summary>
    public static void LockDown(IHeaderDictionary headers) => LockDown(headers, ContentSecurity);

    private static void LockDown(IHeaderDictionary headers, StringValues security)
    {
        headers.ContentSecurityPolicy = security;
        headers["Referrer-Policy"] = "no-referrer";
        HeaderValues.ForbidGuessing(headers);
    }

    /// <summary>Sends the file.</summary>
    public Task SendAsync(HttpContext context)
    {
        LockDown(context.Response.Headers, _security);
        var content = _content.Value;
        return AnswerSender.SendAsync(context, content.Body, content.Headers, default);
    }

    // A file of that name.
    private static PageFile Of(string path, string contentType) =>
        new(path, contentType, () => Embedded(path[1..]), ContentSecurity);

    private static Content Read(string path, string contentType, Func<Stream?> open)
    {
        using var copy = new MemoryStream();
        using (var stream = open() ?? throw new InvalidOperationException($"The content of {path} is not embedded"))
        {
            stream.CopyTo(copy);
        }

        var bytes = copy.ToArray();
        var headers = AnswerHeaders.Of(contentType, bytes, CacheLifetime.For(CacheTime));
        return new(new(bytes, headers.ETag), headers);
    }

    // The script of the reference page, which its package holds compressed.
    private static GZipStream? Scalar() =>
        typeof(ScalarEndpointRouteBuilderExtensions).Assembly.GetManifestResourceStream("ScalarStaticAssets.scalar.js") is { } packed
            ? new(packed, CompressionMode.Decompress)
            : null;

    private static Stream? Embedded(string name) => Assembly.GetExecutingAssembly().GetManifestResourceStream($"page/{name}");

    private sealed record Content(EncodedBody Body, AnswerHeaders Headers);
}
