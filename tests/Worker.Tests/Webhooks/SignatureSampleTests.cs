using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rates.Store;
using Rates.Testing;

namespace Rates.Worker.Tests;

/// <summary>The programs in <c>docs/clients.md</c> that check signatures, run on messages that were really posted.</summary>
public sealed partial class SignatureSampleTests : WebhookRig
{
    private const string OfPython = """

        import json, sys
        for case in json.load(open(sys.argv[1])):
            try:
                print(is_ours(case["secret"].encode(), case["headers"], case["body"].encode()))
            except Exception as problem:
                print(problem)
        """;

    private const string OfNode = """

        import { readFileSync } from 'node:fs';
        for (const { secret, headers, body } of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
          console.log(isOurs(Buffer.from(secret), headers, Buffer.from(body)) ? 'True' : 'False');
        }
        """;

    [Theory]
    [InlineData("python3", "python", "py", OfPython)]
    [InlineData("node", "js", "mjs", OfNode)]
    public async Task A_sample_takes_what_is_signed_and_nothing_else(string program, string language, string end, string use)
    {
        Assert.SkipUnless(
            (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
                .Any(folder => File.Exists(Path.Combine(folder, program))), $"{program} is not on PATH");
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "clients.md"), Token);
        var code = Blocks().Matches(page).Single(
            block => block.Groups["language"].Value == language
                && block.Groups["code"].Value.Contains("x-rates-signature", StringComparison.Ordinal)).Groups["code"].Value;
        var (file, cases) = (Path.Combine(Folder.FullName, $"sample.{end}"), Path.Combine(Folder.FullName, "cases.json"));
        await File.WriteAllTextAsync(file, code + use, Token);
        await File.WriteAllTextAsync(cases, JsonSerializer.Serialize(await CasesAsync(), JsonSerializerOptions.Web), Token);

        var run = await ProgramRun.OfAsync(new ProcessStartInfo(program, [file, cases]), Eventually.Limit, Token);

        Assert.True(run.Code == 0, run.Error);
        Assert.Equal(["True", .. Enumerable.Repeat("False", 10)], run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private async Task<IReadOnlyList<Case>> CasesAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        var good = await PostedAsync(now);
        var (timestamp, signature) = (good.Headers["x-rates-timestamp"], good.Headers["x-rates-signature"]);
        return
        [
            good,
            good with { Body = good.Body.Replace("1", "2", StringComparison.Ordinal) },
            good with { Body = "" },
            good with { Secret = "another" },
            With("x-rates-timestamp", $"{long.Parse(timestamp, null) + 1}"),
            With("x-rates-timestamp", "now"),
            With("x-rates-signature", signature[..^1]),
            With("x-rates-signature", $"{signature[..^1]}é"),
            good with { Headers = [] },
            await PostedAsync(now.AddMinutes(-10)),
            await PostedAsync(now.AddMinutes(10)),
        ];

        Case With(string name, string value) => good with { Headers = new(good.Headers) { [name] = value } };
    }

    /// <summary>A message as it arrives that was signed at an instant.</summary>
    private async Task<Case> PostedAsync(DateTimeOffset at)
    {
        using var client = PostConnections.ToAnywhere();
        var post = new SignedPost(client, () => new(Hook.Address, Secret), new FakeTimeProvider(at));
        var change = new WebhookEvent("published", "ecb", "Banque «é»", "fresh", "2026-11-20", null, "e:1", null);
        await post.SendAsync("1", WebhookFormat.Body(change), Token);
        var (body, headers) = Hook.Calls.Last();
        return new(Secret, headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value), body);
    }

    [GeneratedRegex(
        @"```(?<language>\w+)\n(?<code>[^`]*(?:`[^`]+`[^`]*)*?)\n```", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Blocks();

    private sealed record Case(string Secret, Dictionary<string, string> Headers, string Body);
}
