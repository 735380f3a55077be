using System.Diagnostics;
using System.Text.RegularExpressions;
using Rates.Testing;

namespace Rates.EndToEnd.Tests;

/// <summary>The examples of README and docs, pasted into a shell while Standalone runs on the rates that ship with it.</summary>
public sealed partial class DocumentationTests
{
    private const string Address = "http://127.0.0.1:5080";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    // What else clients of the interface send; each has to be answered too.
    private static readonly string[] More =
    [
        "/v1/rates?base=EUR&quotes=USD,GBP&providers=ecb,boc&select=each&date=2026-04-14",
        "/v1/rates?base=EUR&quotes=USD&select=consensus&numbers=string",
        "/v1/convert?from=EUR&to=USD&amount=100&providers=ecb&select=first&date=2026-04-14&round=2",
        "/v1/history?base=EUR&quotes=USD&providers=ecb&from=2026-01-01&to=2026-08-20&group=week",
        "/v1/policies", "/v1/providers", "/v1/providers/ecb", "/v1/currencies", "/v1/currencies/SLE", "/openapi/v1.json",
        "/health/live", "/", "/llms.txt",
        "/pair/EUR/USD", "/reference", "/metrics", "/soap/rates?wsdl",
    ];

    [Fact]
    public async Task Every_example_answers_as_it_is_written()
    {
        Need.Program("curl", "curl");
        await using var standalone = RatesProcess.Start("Standalone", Settings.Nowhere());
        using var client = await standalone.ClientAsync();
        await Eventually.IsAsync(
            async () => (await client.GetStringAsync("/v1/providers/ecb", Cancel)).Contains("European", StringComparison.Ordinal),
            () => standalone.Output, Cancel);
        var folder = Directory.CreateTempSubdirectory("rates-docs-");
        try
        {
            // As below Standalone/ after the first command of the README.
            Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "data"), standalone.Folder);
            var examples = Examples().ToList();
            Assert.True(examples.Count >= 15, $"{examples.Count} examples were found");
            foreach (var (file, command, expected) in examples)
            {
                var answer = await PasteAsync(command, client.BaseAddress!, folder.FullName);
                var isRefusal = expected?.Contains("\"status\":4", StringComparison.Ordinal) == true;
                Assert.True(isRefusal ? answer.Code is "400" : answer.Code is "200", $"{file}: {command}\n{answer.Code}\n{answer.Body}");
                if (expected is not null)
                {
                    var pattern = Regex.Escape(expected.Replace("\n ", "", StringComparison.Ordinal));
                    Assert.Matches($"^{pattern.Replace(@"\.\.\.", ".*", StringComparison.Ordinal)}$", answer.Body);
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Each command of a shell block that has curl in it, and the JSON block below it if there is one.
    private static IEnumerable<(string File, string Command, string? Expected)> Examples()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md").Order(StringComparer.Ordinal)
            .Prepend(Path.Combine(Repository.Root, "README.md")))
        {
            foreach (Match block in Blocks().Matches(File.ReadAllText(file).ReplaceLineEndings("\n")))
            {
                var commands = block.Groups["shell"].Value.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
                    .Where(line => line.StartsWith("curl", StringComparison.Ordinal)).ToList();
                foreach (var command in commands)
                {
                    yield return (
                        Path.GetFileName(file), command,
                        commands.Count == 1 && block.Groups["json"].Success ? block.Groups["json"].Value.Trim() : null);
                }
            }
        }

        foreach (var path in More)
        {
            yield return ("the interface", $"curl '{Address}{path}'", null);
        }
    }

    private static async Task<(string Code, string Body)> PasteAsync(string command, Uri address, string folder)
    {
        var here = command.Replace(Address, address.ToString().TrimEnd('/'), StringComparison.Ordinal);
        var silent = $"curl -sS -w '\\n%{{http_code}}'{here[4..]}";
        var start = new ProcessStartInfo("bash", ["-c", silent]) { WorkingDirectory = folder };
        var run = await ProgramRun.OfAsync(start, Limit, Cancel);
        Assert.True(run.Code == 0, $"{command}: {run.Error}");
        var end = run.Output.LastIndexOf('\n');
        return (run.Output[(end + 1)..], run.Output[..end]);
    }

    [GeneratedRegex(
        @"```sh\n(?<shell>[^`]*?curl[^`]*?)```\n(\n```json\n(?<json>[^`]*)```)?", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Blocks();
}
