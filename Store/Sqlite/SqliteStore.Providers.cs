using Microsoft.Data.Sqlite;
using Rates.Core;

namespace Rates.Store;

internal sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, StoredProvider>> ReadProvidersAsync(CancellationToken cancellationToken)
    {
        var rows = await file.ReadAsync(
            session => session.Rows(
                row => (Provider: row.GetString(0), Json: ProviderRecord.Compose(row.GetString(1), Text(row, 2), Text(row, 3))),
                "SELECT provider, profile, definition, health FROM provider LEFT JOIN accepted USING (provider)"),
            cancellationToken);
        return ProviderRecord.Read(rows);

        static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
    }

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
                    ON CONFLICT DO UPDATE SET profile = $2, health = ifnull($3, health)
                    WHERE profile <> $2 OR health IS NOT ifnull($3, health)
                    """,
                    provider, ProviderRecord.Profile(profile), ProviderRecord.Health(health));
                if (changed > 0)
                {
                    session.Rise("providers:revision", Now);
                }
            },
            cancellationToken);
    }
}
