using System.Text.Json;
using Rates.Core;

namespace Rates.Store;

internal sealed partial class SqliteRates
{
    /// <inheritdoc/>
    public Task QuarantineAsync(QuarantinedSheet refused, CancellationToken cancellationToken)
    {
        var provider = ProviderKey.Checked(refused.Provider);
        return file.WriteAsync(
            session =>
            {
                session.Run("INSERT INTO quarantine (provider, refused) VALUES ($1, $2)", provider, JsonSerializer.Serialize(refused, Wire.Json.QuarantinedSheet));
                session.Run(
                    "DELETE FROM quarantine WHERE provider = $1 AND id <= (SELECT id FROM quarantine WHERE provider = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)",
                    provider, StoreLimits.Quarantined);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<QuarantinedSheet>> ReadQuarantineAsync(string provider, CancellationToken cancellationToken) =>
        file.ReadAsync<IReadOnlyList<QuarantinedSheet>>(
            session => session.Rows(
                row => JsonSerializer.Deserialize(row.GetString(0), Wire.Json.QuarantinedSheet)!,
                "SELECT refused FROM quarantine WHERE provider = $1 ORDER BY id DESC", provider),
            cancellationToken);

    /// <inheritdoc/>
    public Task RecordRunAsync(FetchRun run, CancellationToken cancellationToken) =>
        file.WriteAsync(
            session =>
            {
                session.Run("INSERT INTO run (run) VALUES ($1)", JsonSerializer.Serialize(run, Wire.Json.FetchRun));
                session.Run("DELETE FROM run WHERE id <= (SELECT max(id) FROM run) - $1", StoreLimits.Runs);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<FetchRun>> ReadRunsAsync(int count, CancellationToken cancellationToken) =>
        file.ReadAsync<IReadOnlyList<FetchRun>>(
            session => session.Rows(
                row => JsonSerializer.Deserialize(row.GetString(0), Wire.Json.FetchRun)!, "SELECT run FROM run ORDER BY id DESC LIMIT $1", count),
            cancellationToken);

    /// <inheritdoc/>
    public Task WriteProviderAsync(ProviderProfile profile, ProviderHealth? health, CancellationToken cancellationToken)
    {
        var provider = ProviderKey.Checked(profile.Key);
        return file.WriteAsync(
            session =>
            {
                var changed = session.Run(
                    """
                    INSERT INTO provider VALUES ($1, $2, $3)
                    ON CONFLICT DO UPDATE SET profile = $2, health = ifnull($3, health) WHERE profile <> $2 OR health IS NOT ifnull($3, health)
                    """,
                    provider, ProviderRecord.Profile(profile), ProviderRecord.Health(health));
                if (changed > 0)
                {
                    session.Rise("providers:revision", Now);
                }
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task BeatAsync(string worker, CancellationToken cancellationToken) =>
        file.WriteAsync(
            session =>
            {
                session.Run("INSERT OR REPLACE INTO worker VALUES ($1, $2)", worker, Now);
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
