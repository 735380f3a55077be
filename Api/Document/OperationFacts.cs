namespace Rates.Api;

/// <summary>What the OpenAPI document says of an endpoint beyond what the framework sees.</summary>
/// <param name="Allowed">The query parameters it takes: the same set that its parser takes.</param>
/// <param name="Errors">The statuses of its problems.</param>
/// <param name="OtherAnswer">A second shape of its answer; null for none.</param>
internal sealed record OperationFacts(Parameters Allowed, IReadOnlyList<int> Errors, Type? OtherAnswer);
