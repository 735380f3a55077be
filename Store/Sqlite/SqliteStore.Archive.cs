using System.Text;
using Rates.Core;

namespace Rates.Store;

internal sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ReadArchivedProvidersAsync(CancellationToken cancellationToken) =>
        await file.ReadAsync(
            session => session.Rows(
                row => row.GetString(0),
                "SELECT provider FROM sheet UNION SELECT provider FROM provider UNION SELECT provider FROM history ORDER BY provider"),
            cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ArchivedDay>> ReadArchivedDaysAsync(string provider, int year, CancellationToken cancellationToken) =>
        await file.ReadAsync(
            session => session.Rows(
                row => DayForm.Archived(provider, StoreFormat.Day(row.GetString(0)), row.GetFieldValue<byte[]>(1)),
                "SELECT day, figures FROM history WHERE provider = $1 AND day BETWEEN $2 AND $3 ORDER BY day", provider,
                StoreFormat.Text(new DateOnly(year, 1, 1)), StoreFormat.Text(new DateOnly(year, 12, 31))),
            cancellationToken);

    /// <inheritdoc/>
    public Task<string?> ReadArchivedSheetAsync(string provider, CancellationToken cancellationToken) =>
        file.ReadAsync(session => session.Text("SELECT payload FROM sheet WHERE provider = $1", provider), cancellationToken);

    /// <inheritdoc/>
    public Task<int> RestoreDaysAsync(string provider, IReadOnlyList<ArchivedDay> days, CancellationToken cancellationToken)
    {
        ProviderKey.Checked(provider);
        var parsed = days.Select(day => (day.Day, Archived: HistoryCombination.Parse(provider, day))).ToList();
        return file.WriteAsync(
            session => parsed.Count(
                one => Edit(session, provider, one.Day, stored => HistoryCombination.Of(provider, one.Day, stored, one.Archived))),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> RestoreSheetAsync(string provider, string sheet, CancellationToken cancellationToken)
    {
        var read = SheetPayload.Read(provider, Encoding.UTF8.GetBytes(sheet));
        var isTaken = await file.WriteAsync(
            session =>
            {
                if (session.Number(
                    "SELECT count(*) FROM sheet WHERE provider = $1 AND (epoch > $2 OR (epoch = $2 AND version >= $3))",
                    provider, read.Epoch, read.Version) > 0)
                {
                    return false;
                }

                // Later sheets must come after this one: a store that is older takes over the sheet's epoch.
                session.Run("INSERT INTO meta VALUES ('epoch', $1) ON CONFLICT DO UPDATE SET value = max(value, $1)", read.Epoch);
                session.Run("INSERT INTO meta VALUES ('version', $1) ON CONFLICT DO UPDATE SET value = max(value, $1)", read.Version);
                session.Run(
                    "INSERT OR REPLACE INTO sheet VALUES ($1, $2, $3, $4, $5)", provider, sheet, read.Epoch, read.Version,
                    StoreFormat.Text(read.AsOf));
                Project(session, read);
                return true;
            },
            cancellationToken);
        if (isTaken)
        {
            _sheets.Send(provider);
        }

        return isTaken;
    }
}
