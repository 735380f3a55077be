namespace Rates.Store;

internal sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public Task BeatAsync(string worker, CancellationToken cancellationToken) =>
        file.WriteAsync(
            session =>
            {
                session.Run("INSERT OR REPLACE INTO worker VALUES ($1, $2)", worker, Now);
                session.Run("INSERT OR IGNORE INTO meta VALUES ('id', $1)", EpochId.Random());
                session.Run("DELETE FROM worker WHERE at <= $1", Now - (long)StoreLimits.WorkerSilence.TotalMilliseconds);
            },
            cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> ReadWorkersAsync(CancellationToken cancellationToken) =>
        await file.ReadAsync(
            session => session.Rows(
                row => KeyValuePair.Create(row.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))),
                "SELECT worker, at FROM worker WHERE at > $1", Now - (long)StoreLimits.WorkerSilence.TotalMilliseconds).ToDictionary(),
            cancellationToken);
}
