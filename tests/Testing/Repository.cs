namespace Rates.Testing;

/// <summary>The source tree that these tests were built from.</summary>
public static class Repository
{
    /// <summary>Its top folder.</summary>
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new InvalidOperationException("Rates.sln is in no folder above the tests"),
        _ when File.Exists(Path.Combine(folder.FullName, "Rates.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
