namespace Rates.Api;

/// <summary>
/// Checks the names in the query of an operators' route: the route takes those that its description has, each once. What reads a value
/// checks it.
/// </summary>
internal readonly struct OpsQuery : IQueryTarget
{
    /// <summary>Refuses a parameter that the route does not take, or that is given twice.</summary>
    /// <exception cref="ProblemException">400, with the name.</exception>
    public static void Check(HttpContext context)
    {
        var any = default(OpsQuery);
        QueryParser.Parse(
            context.Request.QueryString.Value,
            context.GetEndpoint()?.Metadata.GetMetadata<OperationDescription>()?.Parameters ?? QueryParameters.None, ref any);
    }

    /// <summary>The value of a parameter; null when it is not given.</summary>
    public static string? Value(HttpRequest request, string name) => request.Query[name] is { Count: > 0 } given ? given.ToString() : null;

    /// <inheritdoc/>
    public void Take(QueryParameter parameter, ReadOnlySpan<char> value)
    {
    }
}
