using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rates.Cli;
using Rates.Store;
using Rates.Testing;
using Spectre.Console;

namespace Rates.Api.Tests;

/// <summary>
/// What one of page, command line and interface can do, all three can: the table in <c>docs/operations.md</c> says how, and is complete.
/// </summary>
public sealed partial class ParityTests
{
    private static readonly IReadOnlyList<Row> Rows = ReadTable();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_route_of_operators_is_in_the_table()
    {
        await using var api = new ApiFixture();

        var listed = Rows.SelectMany(row => row.Interface).Where(route => route.Contains(" /v1/ops", StringComparison.Ordinal));
        Assert.Equal(AccessTests.OperatorRoutes(api), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_command_is_in_the_table()
    {
        var root = RatesCommand.Build(new Connection(_ => null), AnsiConsole.Console);

        var commands = Leaves(root, "rates").Order(StringComparer.Ordinal);

        Assert.Equal(commands, Rows.SelectMany(row => row.Commands).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_place_of_the_page_is_there()
    {
        await using var api = await FilledAsync();

        foreach (var (tab, text) in Rows.SelectMany(row => row.Places))
        {
            Assert.True(
                (await PageAsync(api, tab)).Contains(text, StringComparison.Ordinal), $"the view {tab} does not have '{text}'");
        }
    }

    [Fact]
    public void Every_row_has_an_interface_a_command_and_a_place_on_the_page() => Assert.All(
        Rows, row => Assert.True(row is { Interface.Count: > 0, Commands.Count: > 0, Places.Count: > 0 }, row.What));

    [Fact]
    public async Task Every_button_of_the_page_does_something()
    {
        await using var api = await FilledAsync();
        List<string> handlers = [];
        foreach (var file in PageFile.Operators.Where(file => file.Path.EndsWith(".js", StringComparison.Ordinal)))
        {
            var script = await Text(await AccessTests.SendAsync(
                api, "GET", file.Path, AccessTests.Basic("root", "correct horse battery")));
            var table = script.Split("const onPage = {") is [_, var rest] ? rest.Split("\n};")[0] : "";
            var found = HandlerPattern().Matches(table).Concat(AddedPattern().Matches(script));
            handlers.AddRange(found.Select(match => match.Groups["name"].Value));
        }

        HashSet<string> used = [];
        foreach (var tab in Tabs(await PageAsync(api, "Providers")))
        {
            used.UnionWith(ActionPattern().Matches(await PageAsync(api, tab)).Select(match => match.Groups["name"].Value));
        }

        Assert.NotEmpty(used);
        Assert.Equal(handlers.Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Tabs(string html) =>
        TabPattern().Matches(html).Select(match => match.Groups["tab"].Value).Distinct();

    private static IEnumerable<string> Leaves(Command command, string path)
    {
        // A command is something to run when it has an action of its own.
        var own = command.Action is not null && command is not RootCommand ? [path] : Array.Empty<string>();
        return own.Concat(command.Subcommands.SelectMany(child => Leaves(child, $"{path} {child.Name}")));
    }

    private static async Task<string> PageAsync(ApiFixture api, string tab)
    {
        var replay = (await api.Services.GetRequiredService<CommandStore>().ReadAsync(Token)).Keys.FirstOrDefault();
        var more = tab.ToLowerInvariant() switch
        {
            "replay" => $"&id={replay}",
            "evidence" => "&provider=ecb",
            "declared" => "&id=mybank",
            _ => "",
        };
        return await Text(await AccessTests.SendAsync(
            api, "GET", $"/ops?tab={tab.ToLowerInvariant()}{more}", AccessTests.Basic("root", "correct horse battery")));
    }

    private static async Task<string> Text(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(Token);
            Assert.True(response.IsSuccessStatusCode, text);
            return text;
        }
    }

    /// <summary>An Api with one of everything: a schedule, a refused sheet, a replay, evidence, a key, a second user.</summary>
    private static async Task<ApiFixture> FilledAsync()
    {
        var store = Sample.Store();
        store.Add(Sample.Boc with { Schedule = new() { Cron = "0 0 9 * * ?", Zone = "UTC", Enabled = false } });
        store.Add(Sample.Ecb with { Health = new() { Failures = 1, Reason = "connection refused" } });
        var api = new ApiFixture(store);
        await AccessTests.SignedUpAsync(api, "root", AccessRole.Admin);
        var services = api.Services;
        await services.GetRequiredService<IQuarantine>().QuarantineAsync(
            new("17-4", Sample.Now, "ecb", Sample.Now, ["too far"], "", Sample.EcbSheet.Observations), Token);
        await services.GetRequiredService<IRuns>().RecordRunAsync(
            new(Sample.Now, "ecb", Sample.Now, "worker-1", "published", "", TimeSpan.FromSeconds(1), 1, 2048, 12), Token);
        await services.GetRequiredService<IWorkers>().BeatAsync("worker-1", Token);
        await services.GetRequiredService<AccessStore>().EditKeyAsync(
            "0123456789ab", 0, new() { Label = "shop", Role = AccessRole.Read, Digest = "", CreatedAt = Sample.Now }, "root", "made",
            Token);
        await services.GetRequiredService<SourceStore>().EditDeclarationAsync(
            "mybank", 0, new() { Block = JsonDocument.Parse("""{"name":"My Bank"}""").RootElement }, "root", Token);
        await WebhookSample.StoreAsync(services, "shop", Token);
        var commands = services.GetRequiredService<CommandStore>();
        var id = (await commands.AskAsync(
            new() { Kind = CommandKind.Replay, Provider = "ecb", By = "root", CreatedAt = Sample.Now }, Token))!;
        var asked = (await commands.ReadAsync(Token))[id];
        await commands.UpdateAsync(id, asked.Revision, asked.Value with { State = CommandState.Done }, Token);
        var evidence = services.GetRequiredService<IEvidence>();
        await evidence.WriteReplayAsync("ecb", id, new(1, [new(17, Sample.EcbSheet.Observations[0], 1m)], [], 0), Token);
        await evidence.WriteAsync(
            new("ecb", "e", 17, Sample.Now, Sample.Today, Sample.Today, Sample.Today,
                [new("https://ecb.example/daily.xml", Sample.Now, new Dictionary<string, string>(), new('0', 64), 7)]),
            new Dictionary<string, ReadOnlyMemory<byte>>(), Token);
        return api;
    }

    private static IReadOnlyList<Row> ReadTable()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "operations.md"));
        return
        [
            .. lines.SkipWhile(line => !line.StartsWith("| what | interface |", StringComparison.Ordinal)).Skip(2)
                .TakeWhile(line => line.StartsWith('|'))
                .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
                .Select(cells => new Row(cells[1], Spans(cells[2]), Spans(cells[3]), [.. cells[4].Split("; ").Select(Place)])),
        ];
    }

    private static IReadOnlyList<string> Spans(string cell) => [.. SpanPattern().Matches(cell).Select(match => match.Groups["text"].Value)];

    private static (string Tab, string Text) Place(string place) =>
        (place[..place.IndexOf(':', StringComparison.Ordinal)], place[(place.IndexOf(':', StringComparison.Ordinal) + 2)..]);

    [GeneratedRegex("`(?<text>[^`]+)`", RegexOptions.None, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex SpanPattern();

    [GeneratedRegex("data-action=\"(?<name>[^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex ActionPattern();

    [GeneratedRegex("href=\"ops\\?tab=(?<tab>[a-z]+)\"", RegexOptions.None, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex TabPattern();

    [GeneratedRegex("^  \"?(?<name>[a-z-]+)\"?: ", RegexOptions.Multiline, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex HandlerPattern();

    [GeneratedRegex(
        "^onPage(?:\\.|\\[\")(?<name>[a-z-]+)(?:\"\\])? = ", RegexOptions.Multiline, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex AddedPattern();

    private sealed record Row(
        string What, IReadOnlyList<string> Interface, IReadOnlyList<string> Commands, IReadOnlyList<(string Tab, string Text)> Places);
}
