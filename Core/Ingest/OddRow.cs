namespace Rates.Core;

/// <summary>
/// A row of a source's answer that cannot be read, with the reason. It is left out; the other rows of the answer are used.
/// </summary>
/// <param name="Place">Where in the answer it is, such as <c>row 12</c>, <c>row 12, column EUR</c> or <c>data[3]</c>.</param>
/// <param name="Reason">What is wrong with it, with the text that could not be read; never a credential.</param>
public sealed record OddRow(string Place, string Reason)
{
    /// <summary>Such as <c>row 12: '-' is not a number of the form Point</c>.</summary>
    public override string ToString() => $"{Place}: {Reason}";

    /// <summary>
    /// True when too many of <paramref name="rows"/> cannot be read for the others to be trusted: more than a fifth. One odd row is
    /// never too many, so that a sheet of a few rows or of one pair loses a row and not itself.
    /// </summary>
    /// <param name="odd">The rows that cannot be read.</param>
    /// <param name="rows">All rows, the odd ones included.</param>
    public static bool IsTooMany(int odd, int rows) => odd > 1 && odd > rows / 5m;
}
