using System.Text.Json;

namespace Rates.Store;

internal sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public Task RecordRunAsync(FetchRun run, CancellationToken cancellationToken) =>
        file.WriteAsync(
            session =>
            {
                session.Run("INSERT INTO run (run) VALUES ($1)", JsonSerializer.Serialize(run, StoreFormat.Json.FetchRun));
                session.Run("DELETE FROM run WHERE id <= (SELECT max(id) FROM run) - $1", StoreLimits.Runs);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<FetchRun>> ReadRunsAsync(int count, CancellationToken cancellationToken) =>
        file.ReadAsync<IReadOnlyList<FetchRun>>(
            session => session.Rows(
                row => JsonSerializer.Deserialize(row.GetString(0), StoreFormat.Json.FetchRun)!,
                "SELECT run FROM run ORDER BY id DESC LIMIT $1", count),
            cancellationToken);
}
