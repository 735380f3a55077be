using System.Text.Json;

namespace Rates.Providers;

/// <summary>
/// Rows of JSON. Cells begin with <c>$</c> (the document), <c>@</c> (the row) or one <c>^</c> for each step outwards; <c>~</c> at the
/// end takes the name under which the value stands.
/// </summary>
internal sealed class JsonDocumentReader : IDocumentReader
{
    private readonly JsonPath _rows;
    private readonly Dictionary<string, Cell> _cells = new(StringComparer.Ordinal);

    /// <param name="rows">Where the rows are.</param>
    /// <exception cref="FormatException">It is no path.</exception>
    public JsonDocumentReader(string rows) => _rows = rows.StartsWith('$')
        ? JsonPath.Parse(rows[1..])
        : throw new FormatException("does not begin with $, the whole document");

    /// <inheritdoc/>
    public string? Problem(string cell)
    {
        try
        {
            _cells[cell] = Cell.Parse(cell);
            return null;
        }
        catch (FormatException wrong)
        {
            return wrong.Message;
        }
    }

    /// <inheritdoc/>
    public Rows<IDocumentRow> Rows(ProviderBody body)
    {
        var root = new JsonNode(body.Json(), null, null, 0);
        List<JsonNode> nodes = [.. _rows.All(root)];
        if (nodes.Count == 0)
        {
            throw new FormatException($"read.rows finds nothing: {_rows.Missing(root)}");
        }

        Dictionary<(JsonNode, string), CellValue> outer = [];
        return body.Rows(nodes, "row", node => node.Path).Select(IDocumentRow (node) => new Row(node, root, _cells, outer));
    }

    private sealed class Row(JsonNode node, JsonNode root, Dictionary<string, Cell> cells, Dictionary<(JsonNode, string), CellValue> outer)
        : IDocumentRow
    {
        public CellValue Read(string text)
        {
            var cell = cells[text];
            var from = cell.IsOfDocument ? root : node;
            for (var step = 0; step < cell.Outwards; step++)
            {
                from = from.Parent ?? throw new FormatException("leads out of the document");
            }

            if (from == node)
            {
                return cell.Read(from);
            }

            // Values outside the row are the same for many rows: looking them up for each would be quadratic.
            return outer.TryGetValue((from, text), out var known) ? known : outer[(from, text)] = cell.Read(from);
        }
    }

    private sealed record Cell(bool IsOfDocument, int Outwards, JsonPath Path, bool TakesName)
    {
        public static Cell Parse(string text)
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
                ? new(isOfDocument, outwards, path, takesName)
                : throw new FormatException("may lead to several values: only read.rows may");
        }

        public CellValue Read(JsonNode from)
        {
            var node = Path.One(from);
            return TakesName
                ? new(node.Name ?? throw new FormatException($"{node.Path} has no name: it stands in an array"))
                : node.Value.ValueKind switch
                {
                    JsonValueKind.Null => new(""),
                    JsonValueKind.Number => new(node.Value.GetRawText(), IsNumber: true),
                    JsonValueKind.String => new(node.Value.GetString()!),
                    var kind => throw new FormatException($"{node.Path} is {kind}, not a text or number"),
                };
        }
    }
}
