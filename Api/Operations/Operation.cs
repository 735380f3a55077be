using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Rates.Api;

/// <summary>
/// One read of the Api by the name that other transports than HTTP call it, such as <c>rates</c>. It is described and answered by an
/// endpoint of <c>/v1</c>.
/// </summary>
public sealed class Operation
{
    private readonly RoutePattern _pattern;

    internal Operation(string name, RouteEndpoint endpoint, RequestDelegate handler)
    {
        var description = endpoint.Metadata.GetRequiredMetadata<OperationDescription>();
        (Name, Handler, Endpoint, _pattern) = (name, handler, endpoint, endpoint.RoutePattern);
        Summary = endpoint.Metadata.GetMetadata<IEndpointSummaryMetadata>()?.Summary ?? "";
        PathParameters = [.. _pattern.Parameters.Select(parameter => parameter.Name)];
        Parameters = [.. PathParameters, .. description.Parameters.List.Select(parameter => parameter.Name)];
    }

    /// <summary>Its name, such as <c>convert</c>.</summary>
    public string Name { get; }

    /// <summary>One line for people.</summary>
    public string Summary { get; }

    /// <summary>The names of the parameters it takes: those of the path, which must be given, and those of the query.</summary>
    public IReadOnlyList<string> Parameters { get; }

    /// <summary>The parameters that must be given, because HTTP has them in the path.</summary>
    public IReadOnlyList<string> PathParameters { get; }

    internal RequestDelegate Handler { get; }

    internal Endpoint Endpoint { get; }

    /// <summary>The path with the given values in it.</summary>
    internal PathString PathOf(IReadOnlyDictionary<string, string> values) => new('/' + string.Join('/', _pattern.PathSegments.Select(
        segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternParameterPart parameter => values[parameter.Name],
            RoutePatternLiteralPart literal => literal.Content,
            _ => "",
        })))));
}
