using System.Text.Json;
using Rates.Core;

namespace Rates.Store;

internal sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public Task QuarantineAsync(QuarantinedSheet refused, CancellationToken cancellationToken)
    {
        var provider = ProviderKey.Checked(refused.Provider);
        return file.WriteAsync(
            session =>
            {
                session.Run(
                    "INSERT INTO quarantine (provider, refused) VALUES ($1, $2)", provider,
                    JsonSerializer.Serialize(refused, StoreFormat.Json.QuarantinedSheet));
                session.Run(
                    """
                    DELETE FROM quarantine WHERE provider = $1
                    AND id <= (SELECT id FROM quarantine WHERE provider = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)
                    """,
                    provider, StoreLimits.Quarantined);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<QuarantinedSheet>> ReadQuarantineAsync(string provider, CancellationToken cancellationToken) =>
        file.ReadAsync<IReadOnlyList<QuarantinedSheet>>(
            session => session.Rows(
                row => JsonSerializer.Deserialize(row.GetString(0), StoreFormat.Json.QuarantinedSheet)!,
                "SELECT refused FROM quarantine WHERE provider = $1 ORDER BY id DESC", provider),
            cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<int>> CountQuarantineAsync(IReadOnlyList<string> providers, CancellationToken cancellationToken)
    {
        var counts = (await file.ReadAsync(
            session => session.Rows(
                row => (row.GetString(0), row.GetInt32(1)), "SELECT provider, count(*) FROM quarantine GROUP BY provider"),
            cancellationToken)).ToDictionary();
        return [.. providers.Select(provider => counts.GetValueOrDefault(provider))];
    }

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(string provider, string id, CancellationToken cancellationToken) =>
        file.WriteAsync(
            session => session.Run("DELETE FROM quarantine WHERE provider = $1 AND refused ->> 'id' = $2", provider, id) > 0,
            cancellationToken);
}
