using System.Text;

namespace Rates.Api;

/// <summary>The names of a table of rows, and what stands before a cell of each column, encoded once for each format.</summary>
/// <param name="name">Name of the XML root element, such as <c>rates</c>.</param>
/// <param name="rowName">Name of the XML element of a row, such as <c>rate</c>.</param>
/// <param name="columns">Names of the columns.</param>
internal sealed class RowShape(string name, string rowName, params string[] columns)
{
    private readonly byte[][] _xml = [.. columns.Select(column => Encoding.UTF8.GetBytes($" {column}=\""))];
    private readonly byte[][] _json = [.. columns.Select(column => Encoding.UTF8.GetBytes($"\"{column}\":"))];

    /// <summary>Name of the XML root element.</summary>
    public string Name => name;

    /// <summary>Name of the XML element of a row.</summary>
    public string RowName => rowName;

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Columns => columns;

    /// <summary>Such as <c> rate="</c>.</summary>
    public ReadOnlySpan<byte> XmlStart(int column) => _xml[column];

    /// <summary>Such as <c>"rate":</c>.</summary>
    public ReadOnlySpan<byte> JsonStart(int column) => _json[column];
}
