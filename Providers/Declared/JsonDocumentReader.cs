using System.Text.Json;

namespace Rates.Providers;

/// <summary>
/// Reads the rows of JSON answers of providers declared without code. Cells begin with <c>$</c> (the document), <c>@</c> (the row) or one
/// <c>^</c> for each step outwards; <c>~</c> at the end takes the name under which the value stands.
/// </summary>
internal sealed class JsonDocumentReader : IDocumentReader
{
    private readonly JsonPath _rows;
    private readonly TreeCells<JsonNode> _cells = new(Parse, node => node.Parent);

    /// <param name="rows">Where the rows are.</param>
    /// <exception cref="FormatException">It is no path.</exception>
    public JsonDocumentReader(string rows) => _rows = rows.StartsWith('$')
        ? JsonPath.Parse(rows[1..])
        : throw new FormatException("does not begin with $, the whole document");

    /// <inheritdoc/>
    public string? Problem(string cell) => _cells.Problem(cell);

    /// <inheritdoc/>
    public RowQuery<IDocumentRow> Rows(ProviderBody body)
    {
        var root = new JsonNode(body.Json(), null, null, 0);
        List<JsonNode> nodes = [.. _rows.All(root)];
        if (nodes.Count == 0)
        {
            throw new FormatException($"read.rows finds nothing: {_rows.Missing(root)}");
        }

        return body.Rows(nodes, "row", node => node.Path).Select(_cells.RowsOf(root));
    }

    private static TreeCell<JsonNode> Parse(string text)
    {
        var takesName = text.EndsWith('~');
        var rest = takesName ? text[..^1] : text;
        var outwards = rest.Length - rest.TrimStart('^').Length;
        var isOfDocument = rest.StartsWith('$');
        if (!isOfDocument && outwards == 0 && rest.Length > 0 && rest[0] != '@')
        {
            throw new FormatException("begins with none of $ (the document), @ (the row), ^ (one step outwards) and ~ (the name)");
        }

        var path = JsonPath.Parse(rest[(isOfDocument || (outwards == 0 && rest.Length > 0) ? 1 : outwards)..]);
        return path.IsSingle
            ? new(isOfDocument, outwards, from => Read(path.One(from), takesName))
            : throw new FormatException("may lead to several values: only read.rows may");
    }

    private static CellValue Read(JsonNode node, bool takesName) => takesName
        ? new(node.Name ?? throw new FormatException($"{node.Path} has no name: it stands in an array"))
        : node.Value.ValueKind switch
        {
            JsonValueKind.Null => new(""),
            JsonValueKind.Number => new(node.Value.GetRawText(), IsNumber: true),
            JsonValueKind.String => new(node.Value.GetString()!),
            var kind => throw new FormatException($"{node.Path} is {kind}, not a text or number"),
        };
}
