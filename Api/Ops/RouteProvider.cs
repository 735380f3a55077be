namespace Rates.Api;

/// <summary>Finds the provider that the address of an operators' route names, or refuses the request.</summary>
internal static class RouteProvider
{
    /// <summary>The key of the provider in the route value <c>provider</c>.</summary>
    /// <exception cref="ProblemException">404: no provider has that key.</exception>
    public static string Of(HttpContext context, RateBook book)
    {
        var key = ((string)context.Request.RouteValues["provider"]!).ToLowerInvariant();
        return book.IndexOf(key) >= 0 ? key : throw ProblemException.Unknown(
            "provider", key, "is no known provider; /v1/providers lists them");
    }
}
