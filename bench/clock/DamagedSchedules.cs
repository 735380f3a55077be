using Microsoft.Data.Sqlite;
using Rates.Store;

namespace Rates.Clock.Bench;

/// <summary>SC-10: what is in force when somebody damages a stored schedule.</summary>
internal static class DamagedSchedules
{
    /// <summary>A row for each kind of damage.</summary>
    public static async Task<IReadOnlyList<Row>> RowsAsync()
    {
        List<Row> rows = [];
        foreach (var text in new[] { "{\"cron\":\"0 0 4", "{\"cron\":\"61 * * * * ?\"}", "", "null", "{\"crom\":\"0 0 4 * * ?\"}" })
        {
            await using var store = new OwnStore(TimeProvider.System);
            var schedules = store.Get<ISchedules>();
            var shipped = new Dictionary<string, ScheduleDefinition> { ["ecb"] = new() { Cron = "0 0 9 * * ?", Zone = "UTC" } };
            await schedules.FillGapsAsync(shipped, CancellationToken.None);
            await WriteAsync(store.Database, text);
            await schedules.TakeHandEditsAsync(shipped, CancellationToken.None);
            await schedules.FillGapsAsync(shipped, CancellationToken.None);
            var cron = (await schedules.ReadAllAsync(CancellationToken.None)).GetValueOrDefault("ecb")?.Cron ?? "nothing";
            rows.Add(new("SC-10", $"the stored text is damaged: '{text}'", "in force: 0 0 9 * * ?", $"in force: {cron}"));
        }

        return rows;
    }

    private static async Task WriteAsync(string database, string text)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE schedule SET definition = $1";
        command.Parameters.AddWithValue("$1", text);
        await command.ExecuteNonQueryAsync();
    }
}
