namespace Rates.Providers;

/// <summary>An expression of a declaration that names a cell of rows in a tree of JSON or XML.</summary>
/// <param name="IsOfDocument">True when it is read from the root, false when from the row.</param>
/// <param name="Outwards">How many steps outwards of the row it is read from.</param>
/// <param name="Read">Reads it from that node.</param>
internal sealed record TreeCell<TNode>(bool IsOfDocument, int Outwards, Func<TNode, CellValue> Read);

/// <summary>Reads the cells that a declaration of a provider names, from rows that lie in a tree of JSON or XML.</summary>
/// <param name="parse">Parses the text of a cell; throws a <see cref="FormatException"/> where it is none.</param>
/// <param name="parent">The node around a node; null for the root.</param>
internal sealed class TreeCells<TNode>(Func<string, TreeCell<TNode>> parse, Func<TNode, TNode?> parent)
    where TNode : class
{
    private readonly Dictionary<string, TreeCell<TNode>> _cells = new(StringComparer.Ordinal);

    /// <summary>Takes a cell; what is wrong with its text, or null when it can be read.</summary>
    public string? Problem(string cell)
    {
        try
        {
            _cells[cell] = parse(cell);
            return null;
        }
        catch (FormatException wrong)
        {
            return wrong.Message;
        }
    }

    /// <summary>Makes the rows of one document from their nodes.</summary>
    public Func<TNode, IDocumentRow> RowsOf(TNode root)
    {
        Dictionary<(TNode, string), CellValue> outer = [];
        return node => new Row(this, node, root, outer);
    }

    private sealed class Row(TreeCells<TNode> tree, TNode node, TNode root, Dictionary<(TNode, string), CellValue> outer) : IDocumentRow
    {
        public CellValue Read(string text)
        {
            var cell = tree._cells[text];
            var from = cell.IsOfDocument ? root : node;
            for (var step = 0; step < cell.Outwards; step++)
            {
                from = tree.Parent(from) ?? throw new FormatException("leads out of the document");
            }

            if (from == node)
            {
                return cell.Read(from);
            }

            // Values outside the row are the same for many rows: looking them up for each would be quadratic.
            return outer.TryGetValue((from, text), out var known) ? known : outer[(from, text)] = cell.Read(from);
        }
    }

    private TNode? Parent(TNode node) => parent(node);
}
