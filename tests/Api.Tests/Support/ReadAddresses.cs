namespace Rates.Api.Tests;

/// <summary>An address of every route that is read, with values that have an answer where the sample has one.</summary>
internal static class ReadAddresses
{
    private static readonly Dictionary<string, string> Values = new()
    {
        ["{base}"] = "EUR",
        ["{base:length(3)}"] = "EUR",
        ["{quote}"] = "USD",
        ["{quote:length(3)}"] = "USD",
        ["{code}"] = "USD",
        ["{key}"] = "ecb",
        ["{provider}"] = "ecb",
        ["{date}"] = "2026-08-20",
        ["{name}"] = "root",
    };

    // Without these there is only a problem to read.
    private static readonly Dictionary<string, string> Queries = new()
    {
        ["/v1/convert"] = "?from=EUR&to=USD",
        ["/v1/history"] = "?quotes=USD&from=2026-08-18&to=2026-08-20",
        ["/soap/rates"] = "?wsdl",
    };

    /// <summary>Each route with its address.</summary>
    public static IReadOnlyList<(string Route, string Address)> Of(ApiFixture api) =>
    [
        .. api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") != false)
            .Select(route => "/" + route.RoutePattern.RawText!.TrimStart('/')).Distinct()
            .Select(route => (route, $"{Filled(route)}{Queries.GetValueOrDefault(route)}")),
    ];

    private static string Filled(string route) =>
        Values.Aggregate(route, (path, value) => path.Replace(value.Key, value.Value, StringComparison.Ordinal));
}
