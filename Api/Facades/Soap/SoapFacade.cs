using System.Net.Http.Headers;

namespace Rates.Api;

/// <summary>Registers and maps the SOAP 1.1 service at <c>/soap/rates</c>, described by a WSDL at <c>/soap/rates?wsdl</c>.</summary>
internal sealed class SoapFacade : IFacade
{
    private const string Path = "/soap/rates";
    private const string RequestType = "text/xml";
    private const string AnswerType = "text/xml; charset=utf-8";

    /// <inheritdoc/>
    public string Name => "soap";

    /// <inheritdoc/>
    public void Register(IServiceCollection services)
    {
        // The package logs every request, and every refused one as an error with a stack trace; our own failures are logged by RatesSoap.
        services.AddLogging(logging => logging.AddFilter("SoapCore", LogLevel.None));
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        var soap = new SoapServer(routes.ServiceProvider, Path);
        string[] methods = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post];
        routes.MapMethods(Path, methods, RouteMapping.WithoutBody(ApiProblems.Guard(async context =>
        {
            context.Response.Headers.CacheControl = "no-store";

            // What compresses its answers says so only where it does.
            HeaderValues.TellWhatVaries(context.Response.Headers);
            if (HttpMethods.IsPost(context.Request.Method))
            {
                RefuseOtherTypes(context.Request);
                var message = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
                if (SoapEnvelope.Fault(message, Path) is var (code, why))
                {
                    // As SOAP 1.1 binds faults to HTTP.
                    context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                    await AnswerSender.WriteAsync(context, SoapFaultWriter.Encode(code, why), AnswerType);
                    return;
                }

                context.Request.Body = SoapEnvelope.InUtf8(message);

                // The package answers with the type of the request, and in UTF-8 whatever charset that names.
                context.Response.OnStarting(
                    static response =>
                    {
                        ((HttpResponse)response).ContentType = AnswerType;
                        return Task.CompletedTask;
                    },
                    context.Response);
            }

            var (method, path) = (context.Request.Method, context.Request.Path);
            try
            {
                // The package compares the path letter by letter; routes take it in any case, and with a slash at its end.
                context.Request.Path = Path;

                // The package knows GET, and no HEAD.
                context.Request.Method = HttpMethods.IsHead(method) ? HttpMethods.Get : method;
                await soap.HandleAsync(context);
            }
            finally
            {
                (context.Request.Method, context.Request.Path) = (method, path);
            }
        }))).ExcludeFromDescription();
    }

    /// <inheritdoc/>
    public string? KeyOf(HttpRequest request) => null;

    /// <inheritdoc/>
    public Task WriteProblemAsync(HttpContext context, ProblemException problem)
    {
        context.Response.Headers.CacheControl = "no-store";
        return AnswerSender.WriteAsync(context, SoapFaultWriter.Encode(problem), AnswerType);
    }

    // SOAP 1.2 has a type of its own, and a page of another site may send text/plain without being asked first.
    private static void RefuseOtherTypes(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !string.Equals(type.MediaType, RequestType, StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException(
                StatusCodes.Status415UnsupportedMediaType,
                $"{Path} reads {RequestType}, the Content-Type of SOAP 1.1; SOAP 1.2 is not read");
        }
    }
}
