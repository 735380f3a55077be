namespace Rates.Testing;

/// <summary>Folders beside the project with recorded answers of publishers, which are no part of it.</summary>
public static class Recordings
{
    /// <summary>Why a test is skipped that needs <see cref="Captures"/>.</summary>
    public const string NoCaptures =
        "no recorded captures beside the project (../shared/captures, or the folder RATES_CAPTURES names)";

    /// <summary>
    /// The recorded captures; null where this machine has none. <c>RATES_CAPTURES</c> names another folder of that layout.
    /// </summary>
    public static string? Captures { get; } = Beside("captures", "RATES_CAPTURES");

    /// <summary>
    /// Documents that show known faults of publishers, with what they mean; null where this machine has none. <c>RATES_CASES</c> names
    /// another folder of that layout.
    /// </summary>
    public static string? FaultCases { get; } = Beside("cases", "RATES_CASES");

    private static string? Beside(string name, string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named
        ? named
        : Ancestors(AppContext.BaseDirectory).Select(folder => Path.Combine(folder, "shared", name))
            .FirstOrDefault(Directory.Exists);

    private static IEnumerable<string> Ancestors(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            yield return at.FullName;
        }
    }
}
