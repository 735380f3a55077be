using System.Xml.Linq;
using Rates.Testing;

namespace Rates.Architecture.Tests;

/// <summary>Who may reference whom, read from the project files themselves.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Core"] = [],
        ["Settings"] = [],
        ["Telemetry"] = ["Settings"],
        ["Store"] = ["Core", "Settings"],
        ["Providers"] = ["Core", "Settings"],
        ["Worker"] = ["Core", "Settings", "Store", "Providers", "Telemetry"],
        ["Api"] = ["Core", "Settings", "Store", "Telemetry"],
        ["Channels"] = ["Api"],
        ["Standalone"] = ["Worker", "Api", "Channels"],

        // It speaks HTTP like any client, so that what it can do the interface can.
        ["Cli"] = [],
        ["Client"] = [],
    };

    private static readonly Dictionary<string, string[]> Forbidden = new(StringComparer.Ordinal)
    {
        ["Core"] = [""],
        ["Settings"] = ["Quartz", "CsvHelper", "Polly", "Microsoft.AspNetCore", "StackExchange.Redis", "Microsoft.Data.Sqlite"],
        ["Telemetry"] = ["Quartz", "CsvHelper", "Polly", "StackExchange.Redis", "Microsoft.Data.Sqlite"],
        ["Store"] = ["Quartz", "CsvHelper", "Polly", "Microsoft.Extensions.Http", "Microsoft.AspNetCore"],
        ["Providers"] = ["StackExchange.Redis", "Microsoft.Data.Sqlite", "Quartz", "Microsoft.AspNetCore", "Polly"],
        ["Worker"] = ["Microsoft.AspNetCore", "StackExchange.Redis", "Microsoft.Data.Sqlite"],
        ["Api"] = ["Quartz", "CsvHelper", "Polly", "Microsoft.Extensions.Http", "StackExchange.Redis", "Microsoft.Data.Sqlite"],
        ["Channels"] = ["Quartz", "CsvHelper", "Polly", "Microsoft.Extensions.Http", "Microsoft.Data.Sqlite"],
        ["Standalone"] = [""],
        ["Cli"] = ["Quartz", "CsvHelper", "Polly", "Microsoft.AspNetCore", "StackExchange.Redis", "Microsoft.Data.Sqlite"],
        ["Client"] = ["Quartz", "CsvHelper", "Microsoft.AspNetCore", "StackExchange.Redis", "Microsoft.Data.Sqlite"],
    };

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_references_only_what_the_table_allows(string project)
    {
        var references = Items(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

        Assert.Equal(Allowed[project].Order(StringComparer.Ordinal), references.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_takes_no_package_it_must_not_have(string project) =>
        Assert.DoesNotContain(Items(project, "PackageReference"), package =>
            Array.Exists(Forbidden[project], name => package.StartsWith(name, StringComparison.Ordinal)));

    [Fact]
    public void Every_project_outside_tests_and_tools_is_in_the_table()
    {
        var projects = Directory.EnumerateDirectories(Repository.Root)
            .Where(folder => Directory.EnumerateFiles(folder, "*.csproj").Any())
            .Select(folder => Path.GetFileName(folder)!);

        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), projects.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Items(string project, string kind) =>
        XDocument.Load(Path.Combine(Repository.Root, project, $"{project}.csproj")).Descendants(kind)
            .Select(item => item.Attribute("Include")!.Value);
}
