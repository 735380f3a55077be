using System.Text;
using Rates.Core;

namespace Rates.Store;

internal sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public Task<RateIndex> ReadIndexAsync(CancellationToken cancellationToken) =>
        file.ReadAsync(
            session => new RateIndex(
                session.Rows(
                    row => KeyValuePair.Create(
                        row.GetString(0), new SheetVersion(row.GetString(1), row.GetInt64(2), StoreFormat.Day(row.GetString(3)))),
                    "SELECT provider, epoch, version, asOf FROM sheet").ToDictionary(),
                session.Text("SELECT CAST(value AS TEXT) FROM meta WHERE name = 'providers:revision'") ?? "",
                session.Text("SELECT value FROM meta WHERE name = 'id'") ?? ""),
            cancellationToken);

    /// <inheritdoc/>
    public async Task<RateSheet?> ReadSheetAsync(string provider, CancellationToken cancellationToken)
    {
        var payload = await file.ReadAsync(
            session => session.Text("SELECT payload FROM sheet WHERE provider = $1", provider), cancellationToken);
        return payload is null ? null : SheetPayload.Read(provider, Encoding.UTF8.GetBytes(payload));
    }

    /// <inheritdoc/>
    public Task<IAsyncDisposable> WatchAsync(Action<string> notify, CancellationToken cancellationToken) =>
        Task.FromResult(_sheets.Add(notify));
}
