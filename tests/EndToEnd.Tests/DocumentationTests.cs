using System.Diagnostics;
using System.Text.RegularExpressions;
using Rates.Testing;

namespace Rates.EndToEnd.Tests;

/// <summary>The examples of README and docs, pasted into a shell while Standalone runs on the rates that ship with it.</summary>
public sealed partial class DocumentationTests
{
    private const string Address = "http://127.0.0.1:5080";
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    // What else clients of the interface send, the code of the answer, and members that it has.
    private static readonly (string Command, string Code, string Members)[] More =
    [
        Get(
            "/v1/rates?base=EUR&quotes=USD,GBP&providers=ecb,boc,google&select=each&date=2026-04-14", "200",
            "base select providers provider name status asOf kind rates derived reason"),
        Get(
            "/v1/rates?base=EUR&quotes=USD&select=median&date=2026-04-14", "200",
            "base select rates rate newest oldest status count min max spread providers outliers"),
        Get("/v1/rates?base=EUR&quotes=USD&select=consensus&numbers=string", "200", "rate"),
        Get("/v1/rates?base=eur&quotes=usd&providers=ECB", "200", "USD"),

        // Figures that ship with the product have no version, but the reason.
        Get("/v1/rates/EUR/USD?providers=ecb,boc", "200", "path published kind reason statistics inverted"),
        Get("/v1/convert?from=EUR&to=USD&amount=100&providers=ecb&select=first&date=2026-04-14&round=2", "200", "rate inverse result path"),
        ($"curl -H 'Content-Type: application/json' '{Address}/v1/convert' "
            + """-d '[{"amount":"100","from":"EUR","to":"USD","date":"2026-04-14","provider":"ecb"}]'""", "200", "row result asOf"),
        ($"curl -H 'Content-Type: text/csv' '{Address}/v1/convert' --data-binary $'amount,from,to\\n1,EUR,USD\\n'", "200", "row result"),
        Get("/v1/history?base=EUR&quotes=USD&providers=ecb&from=2026-01-01&to=2026-08-20&group=week", "200", "series dates rates average"),
        Get("/v1/history?base=EUR&quotes=USD&providers=ecb&from=2026-01-01&to=2026-08-20&group=month", "200", "provider quote first high"),
        Get("/v1/history?quotes=USD,DEM&providers=ecb&from=2026-04-01&to=2026-04-20&filled=true", "200", "asOf absent quotes"),
        Get("/v1/policies", "200", "name providers select day rounding"),
        Get("/v1/rates?quotes=USD&policy=vat-eu&date=2026-04-14", "200", "policy rule"),
        Get("/v1/rates/EUR/USD?policy=vat-eu&date=2026-04-14", "200", "policy rule"),
        Get("/v1/convert?from=EUR&to=USD&policy=vat-eu&date=2026-04-14", "200", "policy rule"),
        Get("/v1/history?quotes=USD&policy=vat-eu&from=2026-04-10&to=2026-04-20", "200", "policy rule asOf"),
        Get("/v1/rates?policy=customs-uk&base=GBP&quotes=USD&date=2026-04-14", "200", "policy absent notCovered"),
        Get("/v1/convert?policy=customs-uk&from=GBP&to=USD&date=2026-04-14", "404", "detail parameter value"),
        Get("/v1/evidence/ecb/1", "404", "detail parameter value"),
        Get("/v1/providers", "200", "key name status terms"), Get("/v1/providers/ecb", "200", "calendar currencies"),
        Get("/v1/currencies", "200", "code minorDigits"), Get("/v1/currencies/DEM", "200", "retired successor"),
        Get("/openapi/v1.json", "200", "openapi paths"), Get("/health/live", "200", "status"), Get("/health/ready", "200", "status"),
        Get("/", "200", ""), Get("/llms.txt", "200", ""), Get("/pair/EUR/USD", "200", ""), Get("/reference", "200", ""),
        Get("/metrics", "200", ""), Get("/soap/rates?wsdl", "200", ""),
        .. new[] { "schedules/ecb", "endpoints/ecb", "runs", "audit", "workers", "quarantine", "keys", "channels", "providers/ecb" }
            .Select(path => Get($"/v1/ops/{path}", "401", "detail")),
        Get("/frankfurter/v1/latest", "200", "base date rates"), Get("/frankfurter/v2/rates", "200", "base quote rate"),
        Get("/oxr/api/latest.json", "200", "timestamp rates"), Get("/fixer/api/latest", "200", "success rates"),
        Get("/exchangerate-host/latest", "200", "success rates"), Get("/ecb/eurofxref-daily.xml", "200", ""),
        Get("/ecb/eurofxref-hist.xml", "200", ""),
        Get("/v1/rates?base=EUR&base=USD", "400", "detail parameter"), Get("/v1/rates?bass=EUR", "400", "detail parameter"),
        Get("/v1/rates?date=yesterday", "400", "parameter value"), Get("/v1/rates?providers=nobody", "404", "parameter value"),
        Get("/v1/rates?quotes=QQQ", "404", "parameter value"), ($"curl -H 'Accept: image/png' '{Address}/v1/rates'", "406", "detail"),
        ($"curl -X DELETE '{Address}/v1/rates'", "405", "detail"),
        .. new[] { "csv", "xml", "ndjson" }.SelectMany(format => new[]
        {
            Get($"/v1/rates?quotes=USD&format={format}", "200", ""), Get($"/v1/rates/EUR/USD?format={format}", "200", ""),
            Get($"/v1/convert?from=EUR&to=USD&format={format}", "200", ""), Get($"/v1/history?quotes=USD&format={format}", "200", ""),
            Get($"/v1/providers?format={format}", "200", ""), Get($"/v1/currencies?format={format}", "200", ""),
            Get($"/v1/policies?format={format}", "200", ""),
        }),
    ];

    [Fact]
    public async Task Every_example_answers_as_it_is_written()
    {
        Need.Program("curl", "curl");
        Need.Program("python3", "python3");
        await using var standalone = RatesProcess.Start("Standalone", Settings.Nowhere());
        using var client = await standalone.ClientAsync();

        // No figures of this one ship with the product: it is known when the worker has described every provider.
        await Eventually.IsAsync(
            async () => (await client.GetStringAsync("/v1/providers", Cancel)).Contains("\"google\"", StringComparison.Ordinal),
            () => standalone.Output, Cancel);
        var folder = Directory.CreateTempSubdirectory("rates-docs-");
        try
        {
            // As at the root of a clone after the first command of the README.
            Directory.CreateSymbolicLink(Path.Combine(folder.CreateSubdirectory("Standalone").FullName, "data"), standalone.Folder);
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

            foreach (var (command, code, members) in More)
            {
                var answer = await PasteAsync(command, client.BaseAddress!, folder.FullName);
                Assert.True(answer.Code == code, $"{command}\n{answer.Code}\n{answer.Body}");
                Assert.All(members.Split(' '), member => Assert.Contains(
                    member.Length > 0 ? $"\"{member}\":" : "", answer.Body, StringComparison.Ordinal));
            }

            await CheckProgramsOfReadmeAsync(client);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // As a newcomer copies them: a script of Python, a program of .NET that the solution builds as well, and the formula of a spreadsheet.
    private static async Task CheckProgramsOfReadmeAsync(HttpClient client)
    {
        var readme = (await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"), Cancel)).ReplaceLineEndings("\n");
        var host = client.BaseAddress!.GetLeftPart(UriPartial.Authority);
        Assert.True(readme.Split('\n').Length <= 91, "README.md has more than 90 lines");

        var python = Between(readme, "```python\n", "```");
        Assert.InRange(python.Split('\n').Length - 1, 1, 10);
        var run = await ProgramRun.OfAsync(
            new("python3", ["-c", python.Replace(Address, host, StringComparison.Ordinal)]), Eventually.Limit, Cancel);
        Assert.Equal("European Central Bank 2026-04-13 {'GBP': Decimal('0.87058'), 'USD': Decimal('1.1684')}\n", run.Output);

        var program = Between(readme, "```csharp\n", "```");
        Assert.InRange(program.Split('\n').Length - 1, 1, 10);
        Assert.Equal(
            (await File.ReadAllTextAsync(Path.Combine(Repository.Root, "samples", "http", "Program.cs"), Cancel)).ReplaceLineEndings("\n"),
            program);
        Assert.Contains(
            "\"result\":116.84,", await client.GetStringAsync(Between(program, Address, "\""), Cancel), StringComparison.Ordinal);

        using var cells = await client.GetAsync(Between(readme, "=IMPORTDATA(\"http://HOST", "\""), Cancel);
        Assert.Equal("text/csv; charset=utf-8", $"{cells.Content.Headers.ContentType}");
        Assert.Contains(",USD,1.1684,", await cells.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private static string Between(string text, string start, string end)
    {
        var rest = text[(text.IndexOf(start, StringComparison.Ordinal) + start.Length)..];
        return rest[..rest.IndexOf(end, StringComparison.Ordinal)];
    }

    private static (string Command, string Code, string Members) Get(string path, string code, string members) =>
        ($"curl '{Address}{path}'", code, members);

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
    }

    private static async Task<(string Code, string Body)> PasteAsync(string command, Uri address, string folder)
    {
        var here = command.Replace(Address, address.ToString().TrimEnd('/'), StringComparison.Ordinal);
        var silent = $"curl -sS -w '\\n%{{http_code}}'{here[4..]}";
        var start = new ProcessStartInfo("bash", ["-c", silent]) { WorkingDirectory = folder };
        var run = await ProgramRun.OfAsync(start, Eventually.Limit, Cancel);
        Assert.True(run.Code == 0, $"{command}: {run.Error}");
        var end = run.Output.LastIndexOf('\n');
        return (run.Output[(end + 1)..], run.Output[..end]);
    }

    [GeneratedRegex(
        @"```sh\n(?<shell>[^`]*?curl[^`]*?)```\n(\n```json\n(?<json>[^`]*)```)?", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Blocks();
}
