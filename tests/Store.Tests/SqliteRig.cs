using Microsoft.Data.Sqlite;

namespace Rates.Store.Tests;

/// <summary>The embedded store in a folder of its own.</summary>
public sealed class SqliteRig : StoreRig
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rates-store-");
    private readonly SqliteStore _store;

    public SqliteRig() => _store = new(SqliteFile.Open(_folder.FullName), TimeProvider.System);

    internal override IRateStore Store => _store;

    // The file is one process's: a second worker is a second caller.
    internal override IRateStore Another() => _store;

    public override Task MarkAsync(string provider, string field, long milliseconds) =>
        RunAsync($"INSERT INTO fetch (provider, {field}) VALUES ($1, $2) ON CONFLICT DO UPDATE SET {field} = $2", provider, milliseconds);

    public override Task PlantQuotaAsync(string provider, string used, long until) =>
        RunAsync("INSERT OR REPLACE INTO quota VALUES ($1, $2, $3, 0)", provider, used, until);

    public override Task PlantSheetAsync(string provider, string payload) =>
        RunAsync("INSERT INTO sheet VALUES ($1, $2, 'e', 1, '2026-08-20') ON CONFLICT DO UPDATE SET payload = $2", provider, payload);

    public override async Task<string?> SheetTextAsync(string provider) =>
        (await RowsAsync("SELECT payload FROM sheet WHERE provider = $1", provider)).Select(row => row[0]).SingleOrDefault();

    public override async Task<IReadOnlyDictionary<string, string>> LatestAsync(string provider) =>
        (await RowsAsync("SELECT field, value FROM latest WHERE provider = $1", provider)).ToDictionary(row => row[0], row => row[1]);

    public override Task PlantDefinitionAsync(string provider, string definition) =>
        RunAsync("INSERT OR REPLACE INTO schedule VALUES ($1, $2)", provider, definition);

    public override async Task<string?> DefinitionTextAsync(string provider) =>
        (await RowsAsync("SELECT definition FROM schedule WHERE provider = $1", provider)).Select(row => row[0]).SingleOrDefault();

    public override Task PlantDayAsync(string provider, DateOnly day, string figures) =>
        RunAsync("INSERT OR REPLACE INTO history VALUES ($1, $2, $3)", provider, StoreFormat.Text(day), figures);

    public override Task PlantDayAsync(string provider, DateOnly day, byte[] stored) =>
        RunAsync("INSERT OR REPLACE INTO history VALUES ($1, $2, $3)", provider, StoreFormat.Text(day), stored);

    public override async Task<byte[]?> StoredDayAsync(string provider, DateOnly day) =>
        (await RowsAsync("SELECT hex(figures) FROM history WHERE provider = $1 AND day = $2", provider, StoreFormat.Text(day)))
            .Select(row => Convert.FromHexString(row[0])).SingleOrDefault();

    public override async Task<IReadOnlyList<AuditRow>> AuditAsync() =>
        [
            .. from row in await RowsAsync("SELECT provider, by, before, after FROM audit ORDER BY id")
               select new AuditRow(row[0], row[1], row[2], row[3]),
        ];

    public override Task SilenceAsync(string worker, TimeSpan ago) =>
        RunAsync("UPDATE worker SET at = $2 WHERE worker = $1", worker, (TimeProvider.System.GetUtcNow() - ago).ToUnixTimeMilliseconds());

    public override Task WipeAsync() =>
        RunAsync(
            "DELETE FROM meta; DELETE FROM sheet; DELETE FROM latest; DELETE FROM provider; DELETE FROM schedule; DELETE FROM accepted; "
            + "DELETE FROM fetch; DELETE FROM history");

    public override async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task RunAsync(string sql, params object[] values) => await RowsAsync(sql, values);

    private async Task<List<string[]>> RowsAsync(string sql, params object[] values)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.FullName, "rates.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i]);
        }

        await using var reader = await command.ExecuteReaderAsync();
        List<string[]> rows = [];
        while (await reader.ReadAsync())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        }

        return rows;
    }
}
