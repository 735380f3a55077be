using System.Globalization;

namespace Rates.Providers;

/// <summary>Identifies one row of a source's answer while it is read, for messages, and records whether reading it failed.</summary>
/// <param name="parent">The row that this one is a part of; null for none.</param>
/// <param name="kind">What rows of its kind are called; rows of one kind are counted together. A path ends in <c>[]</c>.</param>
/// <param name="index">Its index among them, from 0.</param>
/// <param name="name">Returns its name where the source names it; null where only the index identifies it.</param>
internal sealed class RowMark(RowMark? parent, string kind, int index, Func<string>? name)
{
    /// <summary>The kind of XML elements: their names repeat, so their index is given as well.</summary>
    public const string Element = "element";

    /// <summary>What rows of its kind are called.</summary>
    public string Kind => kind;

    /// <summary>True once a step of reading it has failed.</summary>
    public bool IsOdd { get; set; }

    /// <summary>
    /// Where it stands, such as <c>row 12, column EUR</c> or <c>payload[1].rates[0]</c>; rows are counted from 1, paths from 0.
    /// </summary>
    public string Place => parent is null ? Own : kind.EndsWith(']') ? $"{parent.Place}.{Own}" : $"{parent.Place}, {Own}";

    private string Own => (name, kind.EndsWith(']')) switch
    {
        ({ } tag, _) when kind is Element => string.Create(CultureInfo.InvariantCulture, $"{kind} {index + 1} {tag()}"),
        ({ } known, _) => $"{kind} {known()}",
        (null, true) => string.Create(CultureInfo.InvariantCulture, $"{kind[..^1]}{index}]"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{kind} {index + 1}"),
    };
}
