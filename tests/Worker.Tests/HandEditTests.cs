using Microsoft.Data.Sqlite;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>Schedules that somebody edits in the store itself.</summary>
public sealed class HandEditTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-21T12:00:00Z"));
    private readonly UpstreamServer _upstream = UpstreamServer.Start();
    private readonly TestStore _store;

    public HandEditTests() => _store = new TestStore(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _upstream["ecb"].Serve(EcbDocument.Of(new DateOnly(2026, 11, 20)));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task A_part_is_in_force_on_every_worker_within_five_seconds_and_after_a_restart()
    {
        await using (var one = await StartAsync())
        {
            await using var two = await StartAsync();
            await PlantAsync("{\"cron\":\"0 0 3 * * ?\",\"zone\":\"Asia/Tokyo\"}");

            await one.PassAsync(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1), two);

            Assert.All([one, two], worker => Assert.Contains(
                worker.Log.Lines, line => line.Contains("ecb: fetched at '0 0 3 * * ?' Asia/Tokyo", StringComparison.Ordinal)
                    && line.Contains("(set by hand)", StringComparison.Ordinal)));
        }

        await using var after = await StartAsync();
        Assert.Equal("0 0 3 * * ?", after.Get<ScheduleTable>().Find("ecb")!.Definition.Cron);
    }

    [Fact]
    public async Task A_wrong_text_is_named_once_in_log_and_health_until_it_is_mended_and_stops_nothing()
    {
        await using var worker = await StartAsync();
        var before = worker.Get<ScheduleTable>().Find("ecb")!.Definition;
        await PlantAsync("{\"cron\":\"61 61 * * * ?\"}");

        await worker.PassAsync(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1));

        Assert.Equal(before, worker.Get<ScheduleTable>().Find("ecb")!.Definition);
        var line = Assert.Single(
            worker.Log.Lines, line => line.Contains("the schedule stored by hand is not used", StringComparison.Ordinal));
        Assert.Contains("cron '61 61 * * * ?'", line, StringComparison.Ordinal);
        Assert.Contains("59 (all inclusive). It is left as it is", line, StringComparison.Ordinal);
        Assert.Contains("cron '61 61 * * * ?'", (await worker.HealthAsync("ecb")).ScheduleProblem, StringComparison.Ordinal);
        Assert.Single(_upstream.CallsOf("ecb"));

        await using (var restarted = await StartAsync())
        {
            Assert.Equal(before, restarted.Get<ScheduleTable>().Find("ecb")!.Definition);
        }

        await PlantAsync("{\"cron\":\"0 0 3 * * ?\"}");
        await worker.PassAsync(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1));
        Assert.Equal("", (await worker.HealthAsync("ecb")).ScheduleProblem);
        Assert.Equal("0 0 3 * * ?", worker.Get<ScheduleTable>().Find("ecb")!.Definition.Cron);
    }

    private async Task<Bench> StartAsync()
    {
        var worker = await new Bench(_time, _upstream, ["ecb"], store: _store).StartAsync();
        return await worker.ReadyAsync();
    }

    private async Task PlantAsync(string text)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_store.Folder, "rates.db")};Pooling=False");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE schedule SET definition = $1 WHERE provider = 'ecb'";
        command.Parameters.AddWithValue("$1", text);
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Token));
    }
}
