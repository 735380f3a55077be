using Rates.Testing;

namespace Rates.Architecture.Tests;

/// <summary>Lines of code are short enough to be read side by side.</summary>
public sealed class LineLengthTests
{
    /// <summary>Longest line in characters, without its end.</summary>
    private const int Longest = 140;

    private static readonly string[] Endings = [".cs", ".js", ".css", ".html", ".sh", ".lua"];

    /// <summary>Folders below the top one that hold no code of ours, with their reason.</summary>
    private static readonly Dictionary<string, string> LeftOut = new(StringComparer.Ordinal)
    {
        [".git"] = "what git keeps for itself",
        ["artifacts"] = "what the build writes",
        ["data"] = "what the product stores when it is run here",
        ["tests/Clients/node_modules"] = "packages of others",
        ["tests/Providers.Tests/Documents"] = "bodies as the publishers send them, which break their lines in their own way",
    };

    [Fact]
    public void No_line_of_code_is_longer_than_140_characters()
    {
        var files = CodeIn(Repository.Root).ToList();

        var tooLong = from file in files
                      from line in File.ReadLines(file).Index()
                      where line.Item.Length > Longest
                      select $"{Name(file)}:{line.Index + 1} has {line.Item.Length} characters";

        Assert.Contains("tests/Architecture.Tests/LineLengthTests.cs", files.Select(Name));
        Assert.True(!tooLong.Any(), $"Break these lines, at most {Longest} characters are allowed:\n{string.Join('\n', tooLong)}");
    }

    private static IEnumerable<string> CodeIn(string folder) =>
        Directory.EnumerateFiles(folder).Where(file => Endings.Contains(Path.GetExtension(file)))
            .Concat(Directory.EnumerateDirectories(folder).Where(inner => !LeftOut.ContainsKey(Name(inner))).SelectMany(CodeIn));

    /// <summary>The path from the top folder, with slashes.</summary>
    private static string Name(string path) => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');
}
