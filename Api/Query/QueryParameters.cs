namespace Rates.Api;

/// <summary>The query parameters that one endpoint takes; it refuses every other name.</summary>
/// <param name="list">At most 64, in the order of the OpenAPI document.</param>
internal sealed class QueryParameters(params QueryParameter[] list)
{
    /// <summary>For endpoints that take no parameter.</summary>
    public static QueryParameters None { get; } = new();

    /// <summary>The parameters, in the order of the OpenAPI document.</summary>
    public IReadOnlyList<QueryParameter> List => list;

    /// <summary>The names with commas between them; <c>none</c> when there are none.</summary>
    public string Names => list.Length == 0 ? "none" : string.Join(", ", list.Select(parameter => parameter.Name));

    /// <summary>The parameter at an index of <see cref="IndexOf"/>.</summary>
    public QueryParameter this[int index] => list[index];

    /// <summary>The index of the parameter with this name; -1 when there is none. Names are case-sensitive.</summary>
    public int IndexOf(ReadOnlySpan<char> name)
    {
        for (var index = 0; index < list.Length; index++)
        {
            if (name.SequenceEqual(list[index].Name))
            {
                return index;
            }
        }

        return -1;
    }
}
