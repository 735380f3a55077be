using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Rates.Api;

/// <summary>How the server takes requests in.</summary>
internal static class ApiServer
{
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>
    /// Lets the thread that learns of a socket's bytes handle them, which saves a change of thread per request. Only the
    /// environment can say so, and only before the first socket. A process that also fetches must not: a parser would hold
    /// up every connection.
    /// </summary>
    public static void PreferInlineCompletions()
    {
        if (Environment.GetEnvironmentVariable(InlineCompletions) is null)
        {
            Environment.SetEnvironmentVariable(InlineCompletions, "1");
        }
    }

    /// <summary>Bounds what a connection may cost.</summary>
    public static void Limit(KestrelServerOptions server, IOptions<ApiOptions> options)
    {
        server.AddServerHeader = false;
        var limits = server.Limits;

        // Far more than a query may have: whoever asks for ten thousand currencies is told so, where the server alone would only close.
        limits.MaxRequestLineSize = 64 * 1024;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestHeaderCount = 40;
        limits.MaxRequestBodySize = Limits.BodyBytes;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(65);
        limits.MinRequestBodyDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MaxConcurrentConnections = options.Value.MaxConnections;
    }

    /// <summary>Answers the one address that is asked all the time before anything else looks at the request.</summary>
    public static Func<RequestDelegate, RequestDelegate> ShortCut(RatesEndpoint rates)
    {
        var handler = ApiProblems.Guard(rates.HandleAsync);
        return next => context =>
            context.Request.Path.Value == RatesEndpoint.Path && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
                ? handler(context)
                : next(context);
    }

    /// <summary>Tells a browser that a page of any origin may read, and post rows to convert.</summary>
    public static RequestDelegate AnswerPreflight(RequestDelegate next) => context =>
    {
        if (!HttpMethods.IsOptions(context.Request.Method) || !context.Request.Headers.ContainsKey(HeaderNames.AccessControlRequestMethod))
        {
            return next(context);
        }

        var headers = context.Response.Headers;
        ApiHeaders.AllowAnyOrigin(headers);
        headers.AccessControlAllowMethods = "GET, HEAD, POST";
        headers.AccessControlAllowHeaders = "*";
        headers.AccessControlMaxAge = "86400";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    };
}
