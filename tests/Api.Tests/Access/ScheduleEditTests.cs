using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>Schedules through the interface.</summary>
public sealed class ScheduleEditTests : IAsyncLifetime
{
    private const string Path = "/v1/ops/schedules/ecb";
    private static readonly AuthenticationHeaderValue Anna = AccessTests.Basic("anna", "correct horse battery");

    private readonly ApiFixture _api = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ISchedules Schedules => _api.Services.GetRequiredService<ISchedules>();

    public async ValueTask InitializeAsync()
    {
        await AccessTests.SignedUpAsync(_api, "anna", AccessRole.Ops);
        await Schedules.FillGapsAsync(
            new Dictionary<string, ScheduleDefinition> { ["ecb"] = new() { Cron = "0 0/5 16-18 ? * MON-FRI", Zone = "Europe/Berlin" } },
            Token);
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_schedule_is_shown_with_its_next_ten_instants_on_both_clocks()
    {
        var shown = await OkAsync("GET", Path);

        Assert.Equal(
            ("0 0/5 16-18 ? * MON-FRI", "Europe/Berlin", "shipped"), (Text(shown, "cron"), Text(shown, "zone"), Text(shown, "by")));
        var next = shown.GetProperty("next").EnumerateArray().ToList();
        Assert.Equal(10, next.Count);
        Assert.Equal(("2026-08-20T15:05:00+00:00", "2026-08-20T17:05:00+02:00"), (Text(next[0], "utc"), Text(next[0], "local")));
    }

    [Fact]
    public async Task A_text_stored_by_hand_that_cannot_be_used_is_told_beside_the_schedule_in_force_until_it_is_set()
    {
        await using (var connection = new SqliteConnection(
            $"Data Source={System.IO.Path.Combine(_api.Folder.FullName, "rates.db")};Pooling=False"))
        {
            await connection.OpenAsync(Token);
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE schedule SET definition = '{\"zone\":\"Europe/Atlantis\"}'";
            await command.ExecuteNonQueryAsync(Token);
        }

        var shown = await OkAsync("GET", Path);
        Assert.Contains("zone 'Europe/Atlantis' is not a time zone", Text(shown, "problem"), StringComparison.Ordinal);
        Assert.Equal(("0 0/5 16-18 ? * MON-FRI", "shipped"), (Text(shown, "cron"), Text(shown, "by")));

        using var response = await AccessTests.SendAsync(_api, "PUT", Path, Anna, """{"zone":"UTC"}""", "*");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False((await OkAsync("GET", Path)).TryGetProperty("problem", out _));
    }

    [Fact]
    public async Task An_edit_takes_the_revision_that_was_seen_and_is_recorded()
    {
        var revision = (await OkAsync("GET", Path)).GetProperty("revision").GetInt64();

        using var response = await AccessTests.SendAsync(_api, "PUT", Path, Anna,
            """{"cron":"*/10 8-9 * * 1-5","zone":"UTC"}""", $"\"{revision}\"");
        var edited = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token)).RootElement;
        using var late = await AccessTests.SendAsync(_api, "PUT", Path, Anna, """{"zone":"Asia/Tokyo"}""", $"\"{revision}\"");
        var problem = await ApiFixture.ProblemIn(late, HttpStatusCode.Conflict);

        Assert.Equal(($"\"{revision + 1}\"", "anna", "UTC"), (response.Headers.ETag!.ToString(), Text(edited, "by"), Text(edited, "zone")));
        Assert.Equal($"{revision + 1}", problem.GetProperty("value").GetString());
        var stored = (await Schedules.ReadAllAsync(Token))["ecb"];
        Assert.Equal(("*/10 8-9 * * 1-5", "UTC", "anna"), (stored.Cron, stored.Zone, stored.By));
        var audit = (await JsonAsync("GET", "/v1/ops/audit?count=1"))[0];
        Assert.Equal(("schedule", "ecb", "anna"), (Text(audit, "what"), Text(audit, "subject"), Text(audit, "by")));
    }

    [Fact]
    public async Task An_interval_takes_the_place_of_cron_and_the_other_way_round()
    {
        var interval = await OkAsync("PUT", Path, """{"every":"00:15:00"}""", "*");
        var cron = await OkAsync("PUT", Path, """{"cron":"0 0 9 * * ?"}""", "*");

        Assert.Equal("00:15:00", Text(interval, "every"));
        Assert.False(interval.TryGetProperty("cron", out _));
        Assert.Equal("0 0 9 * * ?", Text(cron, "cron"));
        Assert.False(cron.TryGetProperty("every", out _));
    }

    [Fact]
    public async Task A_preview_changes_nothing()
    {
        var before = (await Schedules.ReadAllAsync(Token))["ecb"];

        var preview = await OkAsync("POST", $"{Path}/preview", """{"cron":"0 30 9 * * ?","zone":"Asia/Kolkata"}""");

        Assert.Equal("2026-08-21T09:30:00+05:30", Text(preview.GetProperty("next")[0], "local"));
        Assert.Equal(before, (await Schedules.ReadAllAsync(Token))["ecb"]);
    }

    [Fact]
    public async Task A_provider_is_paused_resumed_and_given_back_its_shipped_schedule()
    {
        Assert.False((await OkAsync("POST", $"{Path}/pause")).GetProperty("enabled").GetBoolean());
        Assert.True((await OkAsync("POST", $"{Path}/resume")).GetProperty("enabled").GetBoolean());
        await OkAsync("PUT", Path, """{"cron":"0 0 9 * * ?"}""", "*");

        Assert.True((await OkAsync("DELETE", Path, ifMatch: "*")).GetProperty("reset").GetBoolean());
        await Schedules.FillGapsAsync(
            new Dictionary<string, ScheduleDefinition> { ["ecb"] = new() { Cron = "0 1 1 * * ?", Zone = "UTC" } }, Token);

        var shipped = await OkAsync("GET", Path);
        Assert.Equal(("0 1 1 * * ?", "shipped"), (Text(shipped, "cron"), Text(shipped, "by")));
        Assert.False(shipped.TryGetProperty("reset", out _));
    }

    [Theory]
    [InlineData("""{"cron":"0 0 25 * * ?"}""", "*", HttpStatusCode.BadRequest, "cron", "Hours")]
    [InlineData("""{"cron":"* * * * * ?"}""", "*", HttpStatusCode.BadRequest, "cron", "due twice within 00:00:01")]
    [InlineData("""{"cron":"0 0 0 30 2 ?"}""", "*", HttpStatusCode.BadRequest, "cron", "not due within 400 days")]
    [InlineData("""{"zone":"Mars/Olympus"}""", "*", HttpStatusCode.BadRequest, "zone", "not a time zone")]
    [InlineData("""{"minimumGap":"00:00:10"}""", "*", HttpStatusCode.BadRequest, "minimumGap", "less than")]
    [InlineData("""{"minimumGap":"soon"}""", "*", HttpStatusCode.BadRequest, "minimumGap", "")]
    [InlineData("""{"crom":"0 0 9 * * ?"}""", "*", HttpStatusCode.BadRequest, "crom", "")]
    [InlineData("""{"cron":"0 0 9 * * ?","every":"01:00:00"}""", "*", HttpStatusCode.BadRequest, "every", "together")]
    [InlineData("""{}""", "yesterday", HttpStatusCode.BadRequest, "If-Match", "not a revision")]
    [InlineData("""{}""", null, (HttpStatusCode)428, null, "If-Match is missing")]
    public async Task What_is_wrong_names_the_member(string body, string? ifMatch, HttpStatusCode status, string? parameter, string why)
    {
        using var response = await AccessTests.SendAsync(_api, "PUT", Path, Anna, body, ifMatch);

        var problem = await ApiFixture.ProblemIn(response, status);
        Assert.Contains(why, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.True(parameter is null || problem.GetProperty("parameter").GetString() == parameter, problem.ToString());
    }

    [Fact]
    public async Task An_unknown_provider_is_named()
    {
        using var response = await AccessTests.SendAsync(_api, "GET", "/v1/ops/schedules/nobody", Anna);

        Assert.Equal("nobody", (await ApiFixture.ProblemIn(response, HttpStatusCode.NotFound)).GetProperty("value").GetString());
    }

    [Fact]
    public async Task A_thousand_edits_at_once_lose_nothing_and_each_success_is_recorded()
    {
        var successes = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 1000),
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Token }, async (number, _) =>
        {
            var revision = (await OkAsync("GET", Path)).GetProperty("revision").GetInt64();
            using var response = await AccessTests.SendAsync(_api, "PUT", Path, Anna,
                $$"""{"cron":"0 {{number % 60}} {{number % 24}} * * ?"}""", $"\"{revision}\"");
            Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Conflict, $"{response.StatusCode}");
            Interlocked.Add(ref successes, response.StatusCode == HttpStatusCode.OK ? 1 : 0);
        });

        var changes = await _api.Services.GetRequiredService<IOperatorDocuments>().ReadChangesAsync(10_000, Token);
        Assert.InRange(successes, 1, 1000);
        Assert.Equal(successes, changes.Count(change => change.Note.What == "schedule"));
        Assert.Equal(1 + successes, (await Schedules.ReadAllAsync(Token))["ecb"].Revision);
    }

    private async Task<JsonElement> OkAsync(
        string method, string path, string? body = null, string? ifMatch = null) => await JsonAsync(method, path, body, ifMatch);

    private async Task<JsonElement> JsonAsync(string method, string path, string? body = null, string? ifMatch = null)
    {
        using var response = await AccessTests.SendAsync(_api, method, path, Anna, body, ifMatch);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
