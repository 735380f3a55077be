namespace Rates.Core;

/// <summary>
/// Reads the lines of text tables that are embedded in this assembly, such as <c>Currencies.txt</c>. Blank lines and lines that start with
/// # are ignored.
/// </summary>
internal static class EmbeddedTable
{
    /// <summary>The lines of the table, in order, without blank lines and comments.</summary>
    /// <exception cref="InvalidOperationException">No table of that name is embedded.</exception>
    public static IEnumerable<string> Lines(string name)
    {
        using var stream = typeof(EmbeddedTable).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the table {name} is not embedded in {typeof(EmbeddedTable).Assembly.GetName().Name}");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line is not "" && line[0] != '#')
            {
                yield return line;
            }
        }
    }
}
