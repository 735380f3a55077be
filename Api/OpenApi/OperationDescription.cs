namespace Rates.Api;

/// <summary>The facts about one endpoint that the OpenAPI document needs and the framework cannot find out itself.</summary>
/// <param name="Parameters">The query parameters it takes: the same list that its parser reads.</param>
/// <param name="Errors">The HTTP statuses of its problems.</param>
/// <param name="OtherAnswer">A second type of its answer; null for none.</param>
internal sealed record OperationDescription(QueryParameters Parameters, IReadOnlyList<int> Errors, Type? OtherAnswer)
{
    /// <summary>True when a client that has the answer already is told so with 304.</summary>
    public bool IsCached { get; init; }

    /// <summary>True when its answer has a digest of its bytes as entity tag.</summary>
    public bool IsTagged { get; init; }

    /// <summary>True when its answer is meant to be saved, and names the file.</summary>
    public bool IsDownload { get; init; }
}
