using Microsoft.AspNetCore.Http.Features;

namespace Rates.Api;

/// <summary>Runs a handler of the Api for a request that did not come over HTTP, and collects what it answers.</summary>
/// <param name="services">The Api's services.</param>
internal sealed class InProcessRequest(IServiceProvider services)
{
    /// <summary>Runs a handler.</summary>
    /// <param name="handler">The handler; with <see cref="AccessGate"/> before it, unless the caller's access is checked already.</param>
    /// <param name="fill">Fills in the request; its method is GET already.</param>
    /// <param name="apiKey">The client's API key; empty for none.</param>
    /// <param name="id">The id of the request, for problems and the log.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<OperationAnswer> RunAsync(
        RequestDelegate handler, Action<HttpContext> fill, string apiKey, string id, CancellationToken cancellationToken)
    {
        using var response = new CollectedResponse();
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpResponseFeature>(response);
        context.RequestServices = services;
        context.RequestAborted = cancellationToken;
        context.TraceIdentifier = id;
        context.Request.Method = HttpMethods.Get;
        context.Response.Body = response.Written;
        if (apiKey.Length > 0)
        {
            context.Request.Headers["X-Api-Key"] = apiKey;
        }

        fill(context);
        await handler(context);
        await context.Response.BodyWriter.CompleteAsync();
        return new(
            context.Response.StatusCode, context.Response.ContentType ?? "",
            response.Written.GetBuffer().AsMemory(0, (int)response.Written.Length));
    }

    // It knows when a part of the body is written, so that no problem is written behind it.
    private sealed class CollectedResponse : HttpResponseFeature, IDisposable
    {
        public MemoryStream Written { get; } = new();

        public override bool HasStarted => Written.Length > 0;

        public void Dispose() => Written.Dispose();
    }
}
