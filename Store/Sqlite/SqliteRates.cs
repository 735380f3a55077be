using System.Text;
using Rates.Core;

namespace Rates.Store;

/// <summary>The embedded store: everything in one SQLite file, for one process.</summary>
/// <remarks>The rules are those of the Redis scripts under <c>Redis/</c>; a transaction stands where a script stands there.</remarks>
internal sealed partial class SqliteRates(SqliteFile file, TimeProvider time) : IRateStore
{
    private readonly InProcessNotifier _sheets = new();
    private readonly InProcessNotifier _schedules = new();

    /// <inheritdoc/>
    public IDocumentBook Documents { get; } = new SqliteDocuments(file, time);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    public string Place => file.Path;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await file.WriteAsync(session => session.Run("UPDATE meta SET value = value WHERE name = 'version'"), cancellationToken);
            return [];
        }
        catch (StoreUnavailableException unavailable)
        {
            return [unavailable.Message];
        }
    }

    /// <inheritdoc/>
    public Task<RateIndex> ReadIndexAsync(CancellationToken cancellationToken) =>
        file.ReadAsync(
            session => new RateIndex(
                session.Rows(
                    row => KeyValuePair.Create(row.GetString(0), new SheetVersion(row.GetString(1), row.GetInt64(2), Wire.Day(row.GetString(3)))),
                    "SELECT provider, epoch, version, asOf FROM sheet").ToDictionary(),
                session.Text("SELECT CAST(value AS TEXT) FROM meta WHERE name = 'providers:revision'") ?? ""),
            cancellationToken);

    /// <inheritdoc/>
    public async Task<RateSheet?> ReadSheetAsync(string provider, CancellationToken cancellationToken)
    {
        var payload = await file.ReadAsync(session => session.Text("SELECT payload FROM sheet WHERE provider = $1", provider), cancellationToken);
        return payload is null ? null : SheetPayload.Read(provider, Encoding.UTF8.GetBytes(payload));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, StoredProvider>> ReadProvidersAsync(CancellationToken cancellationToken)
    {
        var rows = await file.ReadAsync(
            session => session.Rows(
                row => (Provider: row.GetString(0), Json: ProviderRecord.Compose(row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3))),
                "SELECT provider, profile, definition, health FROM provider LEFT JOIN schedule USING (provider)"),
            cancellationToken);
        return ProviderRecord.Read(rows);
    }

    /// <inheritdoc/>
    public Task<IAsyncDisposable> WatchAsync(Action<string> hint, CancellationToken cancellationToken) => Task.FromResult(_sheets.Add(hint));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => file.DisposeAsync();
}
