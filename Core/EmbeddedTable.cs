namespace Rates.Core;

/// <summary>A table of text that ships inside this assembly: blank lines and lines starting with # say nothing.</summary>
internal static class EmbeddedTable
{
    /// <summary>The lines that say something, in order.</summary>
    /// <exception cref="InvalidOperationException">No table of that name is embedded.</exception>
    public static IEnumerable<string> Lines(string name)
    {
        using var stream = typeof(EmbeddedTable).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The table {name} is not embedded");
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
