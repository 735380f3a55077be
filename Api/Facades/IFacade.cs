using Microsoft.Extensions.Options;

namespace Rates.Api;

/// <summary>
/// A façade: the interface of another service, with its paths, parameters, answers and errors, over the same rates as <c>/v1</c>. All of
/// its paths begin with its own, so that a client of that service needs only another base address. One that the settings switch off is
/// not mapped.
/// </summary>
internal interface IFacade : IEndpointGroup
{
    /// <summary>Its name in settings and the first part of its paths, such as <c>fixer</c>.</summary>
    string Name { get; }

    /// <summary>
    /// The key that the request carries in the way of the original service; null when there is none. Where reads are closed it is taken
    /// as a key of this service; elsewhere it is ignored.
    /// </summary>
    string? KeyOf(HttpRequest request);

    /// <summary>Writes an error as the original service does; the caller has set the status to that of the problem.</summary>
    Task WriteProblemAsync(HttpContext context, ProblemException problem);
}

/// <summary>Finds every façade (interface of another service) that the Api implements.</summary>
internal static class Facades
{
    /// <summary>Every façade, also those that are switched off.</summary>
    public static IReadOnlyList<IFacade> All { get; } = [.. EndpointGroups.All.OfType<IFacade>()];

    /// <summary>The façade that a request's path belongs to; null for every other path, and where it is switched off.</summary>
    public static IFacade? Of(HttpContext context)
    {
        var name = QueryReader.TakeUntil(context.Request.Path.Value.AsSpan().TrimStart('/'), '/', out _);
        foreach (var facade in All)
        {
            if (name.Equals(facade.Name, StringComparison.OrdinalIgnoreCase))
            {
                return Options(context.RequestServices).Has(facade.Name) ? facade : null;
            }
        }

        return null;
    }

    /// <summary>The key that a request to a façade carries; null when there is none, and for other requests.</summary>
    public static string? KeyOf(HttpContext context) => Of(context)?.KeyOf(context.Request) is { Length: > 0 } key ? key : null;

    /// <summary>The settings of façades.</summary>
    public static FacadeOptions Options(IServiceProvider services) => services.GetRequiredService<IOptions<FacadeOptions>>().Value;
}
