namespace Rates.Api;

/// <summary>Registers and maps the SOAP 1.1 service at <c>/soap/rates</c>, described by a WSDL at <c>/soap/rates?wsdl</c>.</summary>
internal sealed class SoapFacade : IFacade
{
    private const string Path = "/soap/rates";

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
            var (method, path) = (context.Request.Method, context.Request.Path);
            try
            {
                // The package compares the path letter by letter; routes take it in any case, and with a slash at its end.
                context.Request.Path = Path;

                // The package knows GET, and no HEAD.
                context.Request.Method = HttpMethods.IsHead(method) ? HttpMethods.Get : method;
                await soap.HandleAsync(context);
            }
            catch (ArgumentException) when (!context.Response.HasStarted)
            {
                // Its fault would repeat a character that no XML may hold.
                throw new ProblemException(StatusCodes.Status400BadRequest, "The message holds a character that XML does not allow");
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
        return AnswerSender.WriteAsync(context, SoapFaultWriter.Encode(problem), "text/xml; charset=utf-8");
    }
}
