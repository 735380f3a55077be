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

    private readonly EncodedBody _body;
    private readonly AnswerHeaders _headers;
    private readonly StringValues _security;

    private PageFile(string path, string contentType, Stream? content, StringValues security)
    {
        (Path, _security) = (path, security);
        using var copy = new MemoryStream();
        using (content ?? throw new InvalidOperationException($"The content of {path} is not embedded"))
        {
            content.CopyTo(copy);
        }

        var bytes = copy.ToArray();
        _headers = AnswerHeaders.Of(contentType, bytes, CacheLifetime.For(CacheTime));
        _body = new(bytes, _headers.ETag);
    }

    /// <summary>The style and script of the clients' pages.</summary>
    public static IReadOnlyList<PageFile> All { get; } =
    [
        Of("/page.css", Style),
        Of("/tables.js", Script),
        Of("/page.js", Script),
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
        new("/reference", "text/html; charset=utf-8", Embedded("reference.html"), ReferenceSecurity),
        Of("/reference.js", Script),
    ];

    /// <summary>The script of the reference page, which its package holds compressed.</summary>
    public static PageFile OfScalar()
    {
        var packed = typeof(ScalarEndpointRouteBuilderExtensions).Assembly.GetManifestResourceStream("ScalarStaticAssets.scalar.js");
        return new("/scalar.js", Script, packed is null ? null : new GZipStream(packed, CompressionMode.Decompress), ContentSecurity);
    }

    /// <summary>The path it is served at.</summary>
    public string Path { get; }

    /// <summary>
    /// Sets the headers that every page and file has: what a browser may load, and that it tells no other site of the page.
    /// </summary>
    public static void LockDown(IHeaderDictionary headers) => LockDown(headers, ContentSecurity);

    private static void LockDown(IHeaderDictionary headers, StringValues security)
    {
        headers.ContentSecurityPolicy = security;
        headers["Referrer-Policy"] = "no-referrer";
    }

    /// <summary>Sends the file.</summary>
    public Task SendAsync(HttpContext context)
    {
        LockDown(context.Response.Headers, _security);
        return AnswerSender.SendAsync(context, _body, _headers, default);
    }

    // A file of that name, with compressed copies that are ready before the first request.
    private static PageFile Of(string path, string contentType)
    {
        var file = new PageFile(path, contentType, Embedded(path[1..]), ContentSecurity);
        file._body.Compress();
        return file;
    }

    private static Stream? Embedded(string name) => Assembly.GetExecutingAssembly().GetManifestResourceStream($"page/{name}");
}
