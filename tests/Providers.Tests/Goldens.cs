namespace Rates.Providers.Tests;

/// <summary>Files of the tree that are made from the adapters. <c>RATES_UPDATE=1</c> writes them anew instead of checking them.</summary>
internal static class Goldens
{
    public static bool Update { get; } = Environment.GetEnvironmentVariable("RATES_UPDATE") is "1";

    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new InvalidOperationException("Rates.sln is in no folder above the tests"),
        _ when File.Exists(Path.Combine(folder.FullName, "Rates.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
