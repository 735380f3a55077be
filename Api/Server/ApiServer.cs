using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Net.Http.Headers;
using Rates.Settings;

namespace Rates.Api;

/// <summary>Settings of the Api's web server: threads, limits, and the answer to browsers' preflight requests.</summary>
internal static class ApiServer
{
    /// <summary>Most bytes of the first line of a request, which holds the address.</summary>
    public const int MaxRequestLine = 64 * 1024;

    /// <summary>Most bytes of all headers of a request.</summary>
    public const int MaxHeaderBytes = 16 * 1024;

    /// <summary>Most headers of a request.</summary>
    public const int MaxHeaderCount = 40;

    private const int MaxBodyBytes = 256 * 1024;
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>
    /// Lets the thread that receives bytes from a socket also handle them, which saves one change of thread per request. Only
    /// an environment variable can set this, and only before the first socket. A process that also fetches must not use it,
    /// because a parser would delay every connection.
    /// </summary>
    public static void PreferInlineCompletions()
    {
        if (Environment.GetEnvironmentVariable(InlineCompletions) is null)
        {
            Environment.SetEnvironmentVariable(InlineCompletions, "1");
        }
    }

    /// <summary>Sets the limits of connections and requests.</summary>
    public static void Limit(KestrelServerOptions server, IConfiguration configuration)
    {
        server.AddServerHeader = false;
        var limits = server.Limits;

        // Far more than a query may have: a client that asks for ten thousand currencies gets a problem that explains it, while the
        // server itself would only close the connection.
        limits.MaxRequestLineSize = MaxRequestLine;
        limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        limits.MaxRequestHeaderCount = MaxHeaderCount;
        limits.MaxRequestBodySize = MaxBodyBytes;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(65);
        limits.MinRequestBodyDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));

        // The host makes the server before the settings are checked, so a wrong one may stand here: it ends the start later, with
        // all others.
        limits.MaxConcurrentConnections = Math.Max(1, SettingsReader.Read<ApiOptions>(configuration).ToOptions().MaxConnections);
    }

    /// <summary>Middleware that answers preflight requests: a web page of any origin may read, and post rows to convert.</summary>
    public static RequestDelegate AnswerPreflight(RequestDelegate next) => context =>
    {
        if (!HttpMethods.IsOptions(context.Request.Method) || !context.Request.Headers.ContainsKey(HeaderNames.AccessControlRequestMethod))
        {
            return next(context);
        }

        var headers = context.Response.Headers;
        HeaderValues.AllowAnyOrigin(headers);
        headers.AccessControlAllowMethods = "GET, HEAD, POST";

        // The asterisk stands for every header but Authorization.
        headers.AccessControlAllowHeaders = "*, Authorization";
        headers.AccessControlMaxAge = "86400";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    };
}
