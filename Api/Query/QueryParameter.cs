namespace Rates.Api;

/// <summary>
/// The name, description and allowed values of one query parameter. The parser and the OpenAPI document both read it. Two are equal only
/// when they are the same object.
/// </summary>
/// <param name="name">Its name in the query, such as <c>base</c>.</param>
/// <param name="description">What it means, its default and its limits.</param>
/// <param name="example">A value it may have; null for none.</param>
/// <param name="choices">The values it may have; empty when there are too many to list.</param>
internal sealed class QueryParameter(string name, string description, string? example, params IReadOnlyList<string> choices)
{
    /// <summary>Its name in the query.</summary>
    public string Name { get; } = name;

    /// <summary>What it means, its default and its limits.</summary>
    public string Description { get; } = description;

    /// <summary>A value it may have; null for none.</summary>
    public string? Example { get; } = example;

    /// <summary>The values it may have; empty when there are too many to list.</summary>
    public IReadOnlyList<string> Choices { get; } = choices;

    /// <summary>The value that a query without it has; null for none, and for one that depends on the request or the day.</summary>
    public string? Default { get; init; }

    /// <summary>True when a query without it is refused.</summary>
    public bool IsRequired { get; init; }
}
