using System.Buffers;
using System.Diagnostics;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace Rates.Api;

/// <summary>
/// Gives a body to the web server's own refusals, such as 414 for a too long address and 431 for too large headers. The server rejects such
/// a request before any middleware sees it, and reports it only to a diagnostic source: this one.
/// </summary>
internal sealed class RejectedRequests : DiagnosticSource
{
    private const string Event = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    /// <inheritdoc/>
    public override bool IsEnabled(string name) => name == Event;

    /// <inheritdoc/>
    public override void Write(string name, object? value)
    {
        if (name == Event && value is IFeatureCollection features
            && features.Get<IBadRequestExceptionFeature>()?.Error is BadHttpRequestException rejected
            && features.Get<IHttpResponseFeature>() is { HasStarted: false } response
            && features.Get<IHttpResponseBodyFeature>() is { } body
            && features.Get<IConnectionTransportFeature>() is { } connection)
        {
            WriteProblem(rejected, features.Get<IHttpRequestIdentifierFeature>()?.TraceIdentifier ?? "", response, body, connection);
        }
    }

    private static void WriteProblem(
        BadHttpRequestException rejected,
        string requestId,
        IHttpResponseFeature response,
        IHttpResponseBodyFeature body,
        IConnectionTransportFeature connection)
    {
        var detail = rejected.StatusCode switch
        {
            StatusCodes.Status414UriTooLong =>
                $"The address is longer than the {ApiServer.MaxRequestLine} bytes that are read; ask for less at once",
            StatusCodes.Status431RequestHeaderFieldsTooLarge =>
                $"The request has more than {ApiServer.MaxHeaderCount} headers, or more than {ApiServer.MaxHeaderBytes} bytes of them",
            _ => rejected.Message,
        };
        var json = ApiProblems.Encode(new ProblemException(rejected.StatusCode, detail), requestId);
        response.StatusCode = rejected.StatusCode;
        response.ReasonPhrase = ReasonPhrases.GetReasonPhrase(rejected.StatusCode);
        response.Headers.Connection = "close";
        response.Headers.ContentType = ApiProblems.ContentType;
        response.Headers.ContentLength = json.Length;
        response.Headers.CacheControl = "no-store";
        HeaderValues.AllowAnyOrigin(response.Headers);

        // The server has no body writer for a request that it could not read, so the body goes to the connection itself, after the
        // headers. Nothing else writes there: the server closes the connection once this returns.
        if (body.StartAsync().IsCompletedSuccessfully)
        {
            connection.Transport.Output.Write(json.Span);
            _ = connection.Transport.Output.FlushAsync().AsTask();
        }
    }
}
