namespace Rates.Store;

internal sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public Task<long> ReadRevisionAsync(CancellationToken cancellationToken) =>
        file.ReadAsync(session => session.Number("SELECT value FROM meta WHERE name = 'schedule:revision'"), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, ScheduleDefinition>> ReadAllAsync(CancellationToken cancellationToken) =>
        file.ReadAsync(Definitions, cancellationToken);

    /// <inheritdoc/>
    public async Task FillGapsAsync(IReadOnlyDictionary<string, ScheduleDefinition> shipped, CancellationToken cancellationToken)
    {
        var applied = await file.WriteAsync(
            session => Apply(session, ScheduleEdit.Gaps(Definitions(session), shipped, time.GetUtcNow()), audited: false),
            cancellationToken);
        if (applied > 0)
        {
            _schedules.Send("");
        }
    }

    /// <inheritdoc/>
    public async Task<ScheduleDefinition?> EditAsync(
        string provider, long expectedRevision, ScheduleDefinition definition, CancellationToken cancellationToken)
    {
        var edit = ScheduleEdit.Of(provider, expectedRevision, definition, time.GetUtcNow());
        if (await file.WriteAsync(session => Apply(session, [edit], audited: true), cancellationToken) == 0)
        {
            return null;
        }

        _schedules.Send("");
        return edit.Definition;
    }

    /// <inheritdoc/>
    public Task<IAsyncDisposable> WatchAsync(Action notify, CancellationToken cancellationToken) =>
        Task.FromResult(_schedules.Add(_ => notify()));

    private int Apply(SqliteSession session, IReadOnlyList<ScheduleEdit> edits, bool audited)
    {
        var applied = 0;
        foreach (var edit in edits)
        {
            var before = session.Text("SELECT definition FROM schedule WHERE provider = $1", edit.Provider) ?? "";
            if ((ScheduleEdit.Parse(before)?.Revision ?? 0) != edit.Expected)
            {
                continue;
            }

            session.Run("INSERT OR REPLACE INTO schedule VALUES ($1, $2)", edit.Provider, edit.ToJson());
            if (audited)
            {
                session.Run(
                    "INSERT INTO audit (at, provider, by, before, after) VALUES ($1, $2, $3, $4, $5)",
                    StoreFormat.Text(edit.Definition.At), edit.Provider, edit.Definition.By, before, edit.ToJson());
                session.Run("DELETE FROM audit WHERE id <= (SELECT max(id) FROM audit) - $1", StoreLimits.Audit);
            }

            applied++;
        }

        if (applied > 0)
        {
            session.Rise("schedule:revision", Now);
            session.Rise("providers:revision", Now);
        }

        return applied;
    }

    private static IReadOnlyDictionary<string, ScheduleDefinition> Definitions(SqliteSession session) =>
        ScheduleEdit.ReadAll(session.Rows(row => (row.GetString(0), row.GetString(1)), "SELECT provider, definition FROM schedule"));
}
