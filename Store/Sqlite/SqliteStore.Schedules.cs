using Rates.Core;

namespace Rates.Store;

internal sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public Task<long> ReadRevisionAsync(CancellationToken cancellationToken) =>
        file.ReadAsync(session => session.Number("SELECT value FROM meta WHERE name = 'schedule:revision'"), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, ScheduleDefinition>> ReadAllAsync(CancellationToken cancellationToken) =>
        file.ReadAsync(session => StoredSchedule.InForce(Stored(session).Values, time.GetUtcNow()), cancellationToken);

    /// <inheritdoc/>
    public Task FillGapsAsync(IReadOnlyDictionary<string, ScheduleDefinition> shipped, CancellationToken cancellationToken) =>
        ApplyAsync("", (stored, now) => ScheduleEdit.Gaps(stored, shipped, now), cancellationToken);

    /// <inheritdoc/>
    public async Task<int> TakeHandEditsAsync(
        IReadOnlyDictionary<string, ScheduleDefinition> shipped, CancellationToken cancellationToken) =>
        (await ApplyAsync(
            ScheduleDefinition.ByHand, (stored, now) => ScheduleEdit.ByHand(stored.Values, shipped, now), cancellationToken)).Count;

    /// <inheritdoc/>
    public async Task<ScheduleDefinition?> EditAsync(
        string provider, long expectedRevision, ScheduleDefinition definition, CancellationToken cancellationToken)
    {
        var edits = await ApplyAsync(
            definition.By,
            (stored, now) => stored.GetValueOrDefault(provider, new(ProviderKey.Checked(provider), "", "")) is var before
                && ScheduleEdit.Revision(before) == expectedRevision
                    ? [ScheduleEdit.Of(before, definition, now)]
                    : [],
            cancellationToken);
        return edits.Count == 1 ? edits[0].Definition : null;
    }

    /// <inheritdoc/>
    public Task<IAsyncDisposable> WatchAsync(Action notify, CancellationToken cancellationToken) =>
        Task.FromResult(_schedules.Add(_ => notify()));

    private async Task<IReadOnlyList<ScheduleEdit>> ApplyAsync(
        string by, Func<IReadOnlyDictionary<string, StoredSchedule>, DateTimeOffset, IReadOnlyList<ScheduleEdit>> choose,
        CancellationToken cancellationToken)
    {
        // Read first: most calls find nothing to change, and need not wait for the disk.
        if (await file.ReadAsync(session => choose(Stored(session), time.GetUtcNow()).Count, cancellationToken) == 0)
        {
            return [];
        }

        var edits = await file.WriteAsync(
            session =>
            {
                var chosen = choose(Stored(session), time.GetUtcNow());
                foreach (var edit in chosen)
                {
                    Apply(session, edit, by);
                }

                if (chosen.Count > 0)
                {
                    session.Rise("schedule:revision", Now);
                    session.Rise("providers:revision", Now);
                }

                return chosen;
            },
            cancellationToken);
        if (edits.Count > 0)
        {
            _schedules.Send("");
        }

        return edits;
    }

    private static void Apply(SqliteSession session, ScheduleEdit edit, string by)
    {
        session.Run("INSERT OR REPLACE INTO schedule VALUES ($1, $2)", edit.Provider, edit.Text);
        session.Run("INSERT OR REPLACE INTO accepted VALUES ($1, $2)", edit.Provider, edit.Accepted);
        if (by.Length == 0)
        {
            return;
        }

        session.Run(
            "INSERT INTO audit (at, provider, by, before, after) VALUES ($1, $2, $3, $4, $5)",
            StoreFormat.Text(edit.Definition.At), edit.Provider, by,
            edit.Before.Accepted.Length > 0 ? edit.Before.Accepted : edit.Before.Text, edit.Accepted);
        session.Run("DELETE FROM audit WHERE id <= (SELECT max(id) FROM audit) - $1", StoreLimits.Audit);
    }

    private static Dictionary<string, StoredSchedule> Stored(SqliteSession session) =>
        session.Rows(
            row => new StoredSchedule(row.GetString(0), row.GetString(1), row.IsDBNull(2) ? "" : row.GetString(2)),
            "SELECT provider, schedule.definition, accepted.definition FROM schedule LEFT JOIN accepted USING (provider)")
            .Where(one => ProviderKey.IsOne(one.Provider)).ToDictionary(one => one.Provider);
}
