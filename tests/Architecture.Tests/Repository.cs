namespace Rates.Architecture.Tests;

/// <summary>The source tree that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new InvalidOperationException("Rates.sln is in no folder above the tests"),
        _ when File.Exists(Path.Combine(folder.FullName, "Rates.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
