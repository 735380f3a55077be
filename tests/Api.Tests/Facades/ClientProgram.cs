using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rates.Testing;

namespace Rates.Api.Tests;

/// <summary>
/// Runs a script of <c>tests/Clients</c>: it calls the functions of a published client package, as its users do, and prints what each gave
/// as a line <c>["name", value]</c>.
/// </summary>
internal static class ClientProgram
{

    /// <summary>The folder of the scripts.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Clients");

    /// <summary>Skips the test when node or a package of <c>tests/Clients/package.json</c> is not installed.</summary>
    public static void NeedsNode(params string[] packages)
    {
        Assert.SkipUnless(OnPath("node"), "node is not on PATH");
        foreach (var package in packages)
        {
            Assert.SkipUnless(
                Directory.Exists(Path.Combine(Folder, "node_modules", package)),
                $"{package} is not installed: npm ci --prefix tests/Clients");
        }
    }

    /// <summary>Runs a script of node to its end.</summary>
    /// <returns>What it printed, by name.</returns>
    public static Task<IReadOnlyDictionary<string, string>> NodeAsync(string script, Uri address, params string[] arguments) =>
        RunAsync("node", [Path.Combine(Folder, script), address.GetLeftPart(UriPartial.Authority), .. arguments]);

    /// <summary>Runs a program to its end.</summary>
    /// <returns>The values that it printed as JSON without spaces, by name.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> RunAsync(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder };
        foreach (var proxy in (string[])["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NODE_OPTIONS"])
        {
            start.Environment.Remove(proxy);
        }

        var run = await ProgramRun.OfAsync(start, Eventually.Limit, TestContext.Current.CancellationToken);
        Assert.True(run.Code == 0, $"{program} {string.Join(' ', arguments)} ended with {run.Code}\n{run.Output}\n{run.Error}");
        return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith('['))
            .Select(line => JsonNode.Parse(line)!.AsArray())
            .ToDictionary(line => line[0]!.GetValue<string>(), line => Text(line[1]));
    }

    /// <summary>Compares every value with the expected one, both as JSON, whatever their spaces.</summary>
    public static void Compare(IReadOnlyDictionary<string, string> actual, params (string Name, string Json)[] expected)
    {
        Assert.Equal(expected.Select(one => one.Name), actual.Keys);
        var different = from one in expected
                        let json = Text(JsonNode.Parse(one.Json))
                        where json != actual[one.Name]
                        select $"{one.Name}\n  expected {json}\n  actual   {actual[one.Name]}";
        Assert.True(!different.Any(), string.Join('\n', different));
    }

    /// <summary>True when the program is in a folder of the PATH.</summary>
    public static bool OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static string Text(JsonNode? value) => value?.ToJsonString(Plain) ?? "null";

    private static readonly JsonSerializerOptions Plain =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
