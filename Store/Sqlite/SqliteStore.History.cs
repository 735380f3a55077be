using System.Runtime.InteropServices;
using Rates.Core;

namespace Rates.Store;

internal sealed partial class SqliteStore
{
    private const string DaysBetween =
        "SELECT day, figures FROM history WHERE provider = $1 AND day BETWEEN $2 AND $3 ORDER BY day";

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredDay>> ReadDaysAsync(
        string provider, DateOnly first, DateOnly last, CancellationToken cancellationToken) =>
        file.ReadAsync<IReadOnlyList<StoredDay>>(
            session =>
            [
                .. session.Rows(
                    row => DayForm.Read(provider, StoreFormat.Day(row.GetString(0)), row.GetFieldValue<byte[]>(1)),
                    DaysBetween, provider, StoreFormat.Text(first), StoreFormat.Text(last)),
            ],
            cancellationToken);

    /// <inheritdoc/>
    public Task ReadFiguresAsync(
        string provider, DateOnly first, DateOnly last, Action<DateOnly, ReadOnlySpan<Observation>> take,
        CancellationToken cancellationToken) =>
        file.ReadAsync(
            session =>
            {
                List<Observation> figures = [];
                session.Each(
                    row =>
                    {
                        var day = StoreFormat.Day(row.GetString(0));
                        DayForm.Read(provider, day, row.GetFieldValue<byte[]>(1), figures);
                        take(day, CollectionsMarshal.AsSpan(figures));
                    },
                    DaysBetween, provider, StoreFormat.Text(first), StoreFormat.Text(last));
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<long> ReadHistoryRevisionAsync(string provider, CancellationToken cancellationToken) => file.ReadAsync(
        session => session.Number("SELECT value FROM meta WHERE name = $1", Revision(provider)), cancellationToken);

    /// <inheritdoc/>
    public Task<int> UpsertHistoryAsync(
        string provider, IReadOnlyList<Observation> observations, DateTimeOffset fetchedAt, CancellationToken cancellationToken)
    {
        ProviderKey.Checked(provider);
        var days = observations.GroupBy(observation => observation.AsOf).ToList();
        return file.WriteAsync(
            session => days.Count(day => Edit(session, provider, day.Key, stored => HistoryDay.Merge(stored, day, fetchedAt))),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<int> ConfirmHistoryAsync(
        string provider, IReadOnlyList<Observation> confirmed, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ProviderKey.Checked(provider);
        var days = confirmed.GroupBy(figure => figure.AsOf).ToList();
        return days.Count == 0 ? Task.FromResult(0) : file.WriteAsync(
            session => days.Count(day => Edit(session, provider, day.Key, stored => HistoryDay.Confirm(stored, day, at))),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<DateOnly?> ReadBackfilledAsync(string provider, CancellationToken cancellationToken) =>
        await file.ReadAsync(
            session => session.Text("SELECT backfilled FROM fetch WHERE provider = $1", provider), cancellationToken) is { } day
            ? StoreFormat.Day(day)
            : null;

    /// <inheritdoc/>
    public Task WriteBackfilledAsync(string provider, DateOnly from, CancellationToken cancellationToken) =>
        file.WriteAsync(
            session =>
            {
                session.Run(
                    "INSERT INTO fetch (provider, backfilled) VALUES ($1, $2) ON CONFLICT DO UPDATE SET backfilled = $2",
                    ProviderKey.Checked(provider), StoreFormat.Text(from));
                return session.Run("DELETE FROM meta WHERE name = $1", Failed(provider));
            },
            cancellationToken);

    /// <summary>Replaces a day by what <paramref name="edit"/> makes of it; false when that is null.</summary>
    private bool Edit(SqliteSession session, string provider, DateOnly day, Func<HistoryDay?, HistoryDay?> edit)
    {
        var stored = session.Rows(
            row => row.GetFieldValue<byte[]>(0), "SELECT figures FROM history WHERE provider = $1 AND day = $2", provider,
            StoreFormat.Text(day));
        if (edit(stored is [var known] ? DayForm.Parse(day, known) : null) is not { } edited)
        {
            return false;
        }

        session.Run("INSERT OR REPLACE INTO history VALUES ($1, $2, $3)", provider, StoreFormat.Text(day), DayForm.Write(edited));
        session.Rise(Revision(provider), Now);
        return true;
    }

    /// <inheritdoc/>
    public async Task<FailedBackfill?> ReadFailedBackfillAsync(string provider, CancellationToken cancellationToken) => FailedBackfill.Read(
        await file.ReadAsync(session => session.Text("SELECT value FROM meta WHERE name = $1", Failed(provider)), cancellationToken));

    /// <inheritdoc/>
    public Task WriteFailedBackfillAsync(string provider, FailedBackfill failed, CancellationToken cancellationToken) =>
        file.WriteAsync(
            session => session.Run(
                "INSERT OR REPLACE INTO meta VALUES ($1, $2)",
                Failed(ProviderKey.Checked(provider)), failed.ToJson()),
            cancellationToken);

    private static string Revision(string provider) => $"historyRevision:{provider}";

    private static string Failed(string provider) => $"backfillFailed:{provider}";
}
