using System.Globalization;

namespace Rates.Api;

/// <summary>The kinds of cell in an answer of rows and columns that NDJSON writes differently, such as text, number and list.</summary>
internal enum CellKind
{
    /// <summary>A JSON string.</summary>
    Text,

    /// <summary>A decimal: a JSON number, or a string with <c>numbers=string</c>.</summary>
    Decimal,

    /// <summary>A whole number or a boolean: always written as such in JSON.</summary>
    Literal,

    /// <summary>A JSON array of strings.</summary>
    List,
}

/// <summary>
/// One cell of a <see cref="RowTable"/>, an answer of the Api as rows and columns. Plain values convert to it; null is an empty cell.
/// </summary>
internal readonly struct Cell
{
    private Cell(CellKind kind, string? text, IReadOnlyList<string> items) => (Kind, Text, Items) = (kind, text, items);

    /// <summary>What it holds.</summary>
    public CellKind Kind { get; }

    /// <summary>Its text in CSV and XML; null when it is empty.</summary>
    public string? Text { get; }

    /// <summary>The items of a list; empty for other kinds.</summary>
    public IReadOnlyList<string> Items { get; }

    public static implicit operator Cell(string? text) => new(CellKind.Text, text, []);

    public static implicit operator Cell(decimal? number) => OfDecimal(number?.ToText());

    public static implicit operator Cell(int? number) => new(CellKind.Literal, number?.ToString(CultureInfo.InvariantCulture), []);

    public static implicit operator Cell(bool? value) =>
        new(CellKind.Literal, value switch { true => "true", false => "false", null => null }, []);

    /// <summary>A decimal that is text already.</summary>
    public static Cell OfDecimal(string? text) => new(CellKind.Decimal, text, []);

    /// <summary>
    /// A list; its items are joined by <paramref name="separator"/> in CSV and XML. Null and an empty list are an empty cell.
    /// </summary>
    public static Cell OfList(IReadOnlyList<string>? items, string separator = " ") =>
        items is { Count: > 0 } ? new(CellKind.List, string.Join(separator, items), items) : new(CellKind.List, null, []);
}
