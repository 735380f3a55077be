using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>Commands and records through the interface.</summary>
public sealed class CommandRouteTests : IAsyncLifetime
{
    private static readonly AuthenticationHeaderValue Anna = AccessTests.Basic("anna", "correct horse battery");

    private readonly ApiFixture _api = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await AccessTests.SignedUpAsync(_api, "anna", AccessRole.Ops);

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("/v1/ops/schedules/ecb/run", null, "run", "run now")]
    [InlineData("/v1/ops/schedules/ECB/clear-hold", null, "clear-hold", "clear hold")]
    [InlineData(
        "/v1/ops/schedules/ecb/backfill", """{"from":"2020-01-01","to":"2020-12-31"}""",
        "backfill", "backfill 2020-01-01 to 2020-12-31")]
    [InlineData(
        "/v1/ops/replay/ecb", """{"from":"2026-08-01","to":"2026-08-20"}""", "replay", "replay: 2026-08-01 to 2026-08-20")]
    [InlineData("/v1/ops/replay/ecb", "{}", "replay", "replay: any day to any day")]
    [InlineData("/v1/ops/providers/ecb/replay", "{}", "replay", "replay: any day to any day")]
    [InlineData("/v1/ops/quarantine/ecb/17-4/release", """{"reason":"a devaluation"}""", "release", "release 17-4: a devaluation")]
    [InlineData("/v1/ops/quarantine/ecb/17-4/discard", """{"reason":"a typing error"}""", "discard", "discard 17-4: a typing error")]
    public async Task A_command_is_accepted_queued_and_recorded(string path, string? body, string kind, string recorded)
    {
        using var accepted = await AccessTests.SendAsync(_api, "POST", path, Anna, body);
        // Also below a prefix that a proxy takes off.
        var state = new Uri(new Uri("https://host.example/prefix" + path), accepted.Headers.Location!);
        Assert.StartsWith("/prefix/v1/ops/commands/", state.AbsolutePath, StringComparison.Ordinal);
        var command = await JsonAsync(state.AbsolutePath["/prefix".Length..]);
        var audit = (await JsonAsync("/v1/ops/audit?count=1"))[0];

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        var asked = command.GetProperty("command");
        Assert.Equal(
            (kind, "ecb", "anna", "queued"), (Text(asked, "kind"), Text(asked, "provider"), Text(asked, "by"), Text(asked, "state")));
        Assert.Equal(
            ("command", "ecb", "anna", recorded), (Text(audit, "what"), Text(audit, "subject"), Text(audit, "by"), Text(audit, "to")));
        Assert.Equal(Text(command, "id"), Text((await JsonAsync("/v1/ops/commands"))[0], "id"));
    }

    [Theory]
    [InlineData("/v1/ops/schedules/nobody/run", null, HttpStatusCode.NotFound, "'nobody' is no known provider")]
    [InlineData(
        "/v1/ops/schedules/ecb/backfill", """{"from":"2020-02-01","to":"2020-01-01"}""",
        HttpStatusCode.BadRequest, "to: '2020-01-01' lies before from")]
    [InlineData(
        "/v1/ops/schedules/ecb/backfill", """{"from":"1990-02-01","to":"1991-01-01"}""",
        HttpStatusCode.BadRequest, "lies before the first day that this provider serves, 1999-01-04")]
    [InlineData(
        "/v1/ops/schedules/boc/backfill", """{"from":"2020-02-01","to":"2021-01-01"}""",
        HttpStatusCode.BadRequest, "'boc' serves no history")]
    [InlineData("/v1/ops/schedules/ecb/backfill", """{"from":"2020-02-30","to":"2021-01-01"}""", HttpStatusCode.BadRequest, "from: ")]
    [InlineData("/v1/ops/schedules/ecb/backfill", """{"from":"2020-02-03"}""", HttpStatusCode.BadRequest, "to")]
    [InlineData(
        "/v1/ops/replay/ecb", """{"from":"2020-02-01","to":"2020-01-01"}""",
        HttpStatusCode.BadRequest, "to: '2020-01-01' lies before from")]
    [InlineData(
        "/v1/ops/replay/ecb", """{"from":"2020-02-01","store":"x"}""",
        HttpStatusCode.BadRequest, "store: cannot be sent with from or to")]
    [InlineData(
        "/v1/ops/replay/ecb", """{"store":"x"}""",
        HttpStatusCode.BadRequest, "store: 'x' is not the id of a replay of ecb that has shown its changes")]
    [InlineData("/v1/ops/quarantine/ecb/1/release", """{"reason":" "}""", HttpStatusCode.BadRequest, "reason: '' is not a reason")]
    public async Task What_cannot_be_done_is_named(string path, string? body, HttpStatusCode status, string why)
    {
        using var response = await AccessTests.SendAsync(_api, "POST", path, Anna, body);

        Assert.Contains(why, (await ApiFixture.ProblemIn(response, status)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_replay_found_is_shown_and_can_be_stored()
    {
        var id = await AskedAsync("/v1/ops/replay/ecb", """{"from":"2026-08-01"}""");
        using var early = await AccessTests.SendAsync(_api, "GET", $"/v1/ops/commands/{id}/result", Anna);
        await FoundAsync(
            id, new(3, [new(17, Sample.EcbSheet.Observations[0], null), new(18, Sample.EcbSheet.Observations[2], 1.6m)], ["x"], 0));

        var result = await JsonAsync($"/v1/ops/commands/{id}/result");
        var store = await AskedAsync("/v1/ops/replay/ecb", $$"""{"store":"{{id}}"}""");

        var problem = await ApiFixture.ProblemIn(early, HttpStatusCode.NotFound);
        Assert.Contains("Replay of ecb in the state Queued", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            """[{"day":"2026-08-20","pair":"EUR/GBP","kind":"reference","read":0.8654,"version":17},"""
            + """{"day":"2026-08-20","pair":"EUR/USD","kind":"reference","stored":1.6,"read":1.1634,"version":18}]""",
            result.GetProperty("changes").GetRawText());
        Assert.Equal(("ecb", "2026-08-01", 3), (Text(result, "provider"), Text(result, "from"), result.GetProperty("sheets").GetInt32()));
        var command = (await JsonAsync($"/v1/ops/commands/{store}")).GetProperty("command");
        Assert.Equal((id, "2026-08-01"), (Text(command, "shown"), Text(command, "from")));
        Assert.Equal($"store the replay {id}: 2026-08-01 to any day", Text((await JsonAsync("/v1/ops/audit?count=1"))[0], "to"));
    }

    [Fact]
    public async Task Refused_figures_stand_beside_the_last_good_ones()
    {
        var refused = Sample.EcbSheet.Observations.Select(figure => figure with { Rate = figure.Rate * 2 }).ToList();
        await _api.Services.GetRequiredService<IQuarantine>().QuarantineAsync(
            new("17-4", Sample.Now, "ecb", Sample.Now, ["EUR/USD: too far"], "<xml>", refused), Token);

        var all = await JsonAsync("/v1/ops/quarantine");
        var none = await JsonAsync("/v1/ops/quarantine?provider=boc");

        var sheet = Assert.Single(all.EnumerateArray());
        Assert.Equal(("ecb", "17-4", 3), (Text(sheet, "provider"), Text(sheet, "id"), sheet.GetProperty("count").GetInt32()));
        var dollar = sheet.GetProperty("figures").EnumerateArray().Single(figure => Text(figure, "pair") == "EUR/USD");
        Assert.Equal((2.3268m, 1.1634m, 100.00m), (
            dollar.GetProperty("rate").GetDecimal(), dollar.GetProperty("goodRate").GetDecimal(),
            dollar.GetProperty("changePercent").GetDecimal()));
        Assert.Empty(none.EnumerateArray());
    }

    [Fact]
    public async Task Workers_and_runs_are_listed()
    {
        await _api.Services.GetRequiredService<IWorkers>().BeatAsync("worker-1", Token);

        var worker = Assert.Single((await JsonAsync("/v1/ops/workers")).EnumerateArray());

        Assert.Equal("worker-1", Text(worker, "id"));
        Assert.True(worker.GetProperty("isAlive").GetBoolean());
        Assert.Empty((await JsonAsync("/v1/ops/runs?provider=ecb&count=5")).EnumerateArray());
    }

    private async Task<string> AskedAsync(string path, string body)
    {
        using var accepted = await AccessTests.SendAsync(_api, "POST", path, Anna, body);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        return Text(JsonDocument.Parse(await accepted.Content.ReadAsStringAsync(Token)).RootElement, "id")!;
    }

    private async Task FoundAsync(string id, ReplayReport report)
    {
        await _api.Services.GetRequiredService<IEvidence>().WriteReplayAsync("ecb", id, report, Token);
        var commandStore = _api.Services.GetRequiredService<CommandStore>();
        var asked = (await commandStore.ReadAsync(Token))[id];
        await commandStore.UpdateAsync(id, asked.Revision, asked.Value with { State = CommandState.Done, Worker = "test" }, Token);
    }

    private async Task<JsonElement> JsonAsync(string path)
    {
        using var response = await AccessTests.SendAsync(_api, "GET", path, Anna);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
