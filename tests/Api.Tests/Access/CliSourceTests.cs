using System.Text.Json;
using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>The command line against a running service: endpoints, declared providers and replays.</summary>
public sealed class CliSourceTests : CliRig
{
    [Fact]
    public async Task An_endpoint_is_shown_checked_changed_and_reset()
    {
        await using var worker = AnsweringWorker.OfEndpoints(Api.Services);
        var book = Api.Services.GetRequiredService<SourceStore>();

        var shown = await DoneAsync("endpoints", "get", "ecb");
        await DoneAsync("endpoints", "set", "ecb", "--address", "https://gw.example/", "--preview");
        var previewed = await book.ReadEndpointsAsync(Token);
        await DoneAsync("endpoints", "set", "ecb", "--address", "https://gw.example/", "--header", "X-Trace=rates");
        await DoneAsync(
            "endpoints", "set", "ecb", "--header-file", "X-Pass=pass", "--header-variable", "X-Other=RATES_SECRET_OTHER",
            "--secret-file", "ecb");
        var stored = (await book.ReadEndpointsAsync(Token))["ecb"].Value!;
        var listed = await DoneAsync("endpoints", "list");
        var stale = await RunAsync("endpoints", "set", "ecb", "--address", "https://gw.example/", "--revision", "1");
        var wrong = await RunAsync("endpoints", "set", "ecb", "--header", "no-value-sign");
        await DoneAsync("endpoints", "reset", "ecb");

        Assert.Contains("address: https://www.ecb.europa.eu/", shown, StringComparison.Ordinal);
        Assert.Empty(previewed);
        Assert.Equal(
            "address https://gw.example/; header X-Trace; header X-Pass from file pass; header X-Other from variable RATES_SECRET_OTHER; "
            + "key from file ecb", stored.Summary());
        Assert.Contains("https://gw.example/", listed, StringComparison.Ordinal);
        Assert.Equal((5, 2), (stale.Code, wrong.Code));
        Assert.Empty(await book.ReadEndpointsAsync(Token));
    }

    [Fact]
    public async Task A_provider_is_tried_declared_shown_and_retired()
    {
        await using var worker = AnsweringWorker.OfDeclarations(Api.Services);
        var (block, body, evil) = (FileOf("block.json"), FileOf("body.json"), FileOf("evil.json"));
        await File.WriteAllTextAsync(block, """{"name":"Acme Bank","read":{"format":"json"}}""", Token);
        await File.WriteAllTextAsync(body, "Sorry", Token);
        await File.WriteAllTextAsync(evil, """{"name":"evil"}""", Token);

        var tried = await DoneAsync("providers", "try", block, "--day", "2026-08-20");
        await DoneAsync("providers", "try", block, "--body", body, "--content-type", "text/html");
        var wrong = await RunAsync("providers", "declare", "acme", evil);
        var declared = await DoneAsync("providers", "declare", "acme", block);
        var stale = await RunAsync("providers", "declare", "acme", block, "--revision", "0");
        var shown = await DoneAsync("providers", "show", "acme");
        await DoneAsync("providers", "retire", "acme");
        var list = await DoneAsync("providers", "declared");
        var none = await RunAsync("providers", "try", FileOf("nowhere.json"));

        Assert.Contains("EUR/GBP", tried, StringComparison.Ordinal);
        Assert.Contains("row $.rates[2]", tried, StringComparison.Ordinal);
        var given = SourceText.ReadDryRun(worker.Asked.Last(question => question.Kind == QuestionKind.Try).Asked);
        Assert.Equal(("U29ycnk=", "text/html"), (given.Base64, given.ContentType));
        Assert.Equal((1, 5, 2), (wrong.Code, stale.Code, none.Code));
        Assert.Contains("address: 'https://evil.example/' is not allowed; read.rows: is missing", wrong.Error, StringComparison.Ordinal);
        Assert.Contains("name: Acme Bank", declared, StringComparison.Ordinal);
        Assert.Contains("format", shown, StringComparison.Ordinal);
        Assert.Contains("yes", list, StringComparison.Ordinal);
        Assert.Contains("European Central Bank", await DoneAsync("providers"), StringComparison.Ordinal);

        string FileOf(string name) => Path.Combine(Folder.FullName, name);
    }

    [Fact]
    public async Task A_replay_is_shown_and_then_stored()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var worker = WorkAsync(end.Token);

        var shown = await DoneAsync("replay", "ecb", "2026-08-01", "2026-08-19");
        var askedFirst = (await Commands.ReadAsync(Token)).Values.Single().Value;
        var stored = await DoneAsync("replay", "ecb", "2026-08-01", "--store");
        var json = JsonDocument.Parse(await DoneAsync("replay", "ecb", "--json")).RootElement;
        var failed = await RunAsync("replay", "boc");
        await end.CancelAsync();
        await worker;

        Assert.Equal((new DateOnly(2026, 8, 1), new DateOnly(2026, 8, 19), null), (askedFirst.From, askedFirst.To, askedFirst.Shown));
        Assert.Contains("1 figure differs", shown, StringComparison.Ordinal);
        Assert.Matches(@"2026-08-20\s+EUR/USD\s+reference\s+1.6\s+1.1634", shown);
        Assert.DoesNotContain("stored:", shown, StringComparison.Ordinal);
        Assert.Contains("1 figure differs", stored, StringComparison.Ordinal);
        Assert.Contains("stored: 1 day changed", stored, StringComparison.Ordinal);
        Assert.Equal(1.1634m, json.GetProperty("changes")[0].GetProperty("read").GetDecimal());
        Assert.Equal(1, failed.Code);
        Assert.Contains("did Replay", failed.Error, StringComparison.Ordinal);
        var store = Assert.Single((await Commands.ReadAsync(Token)).Values, command => command.Value.Shown is not null).Value;
        Assert.Equal(new DateOnly(2026, 8, 1), (await Commands.ReadAsync(Token))[store.Shown!].Value.From);
    }
}
