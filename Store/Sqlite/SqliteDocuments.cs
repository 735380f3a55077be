using System.Globalization;

namespace Rates.Store;

/// <summary>
/// Stores operators' documents (JSON values set at run time, such as users and commands) and the record of their changes, in SQLite.
/// </summary>
internal sealed class SqliteDocuments(SqliteFile file, TimeProvider time) : IOperatorDocuments
{
    private const string Counter = "documents:revision";
    private const string ReadCounter = "SELECT value FROM meta WHERE name = $1";

    private readonly InProcessNotifier _changed = new();

    /// <inheritdoc/>
    public Task<long> ReadDocumentsRevisionAsync(CancellationToken cancellationToken) =>
        file.ReadAsync(session => session.Number(ReadCounter, Counter), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, OperatorDocument>> ReadDocumentsAsync(string kind, CancellationToken cancellationToken) =>
        file.ReadAsync<IReadOnlyDictionary<string, OperatorDocument>>(
            session => session.Rows(
                row => KeyValuePair.Create(row.GetString(0), new OperatorDocument(
                    row.GetInt64(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)), row.GetString(3), row.GetString(4))),
                "SELECT name, revision, at, by, value FROM document WHERE kind = $1", kind).ToDictionary(),
            cancellationToken);

    /// <inheritdoc/>
    public async Task<long?> EditDocumentAsync(DocumentEdit edit, CancellationToken cancellationToken)
    {
        var revision = await file.WriteAsync(session => Edit(session, edit), cancellationToken);
        if (revision is not null)
        {
            _changed.Send(edit.Kind);
        }

        return revision;
    }

    /// <inheritdoc/>
    public Task RecordChangeAsync(AuditNote note, CancellationToken cancellationToken) =>
        file.WriteAsync(session => Record(session, note, time.GetUtcNow()), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditEntry>> ReadChangesAsync(int count, CancellationToken cancellationToken) =>
        file.ReadAsync<IReadOnlyList<AuditEntry>>(
            session => session.Rows(
                row => new AuditEntry(
                    row.GetInt64(0).ToString(CultureInfo.InvariantCulture),
                    DateTimeOffset.Parse(row.GetString(1), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                    new(row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6))),
                "SELECT id, at, what, provider, by, before, after FROM audit ORDER BY id DESC LIMIT $1", count),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IAsyncDisposable> WatchDocumentsAsync(Action<string> notify, CancellationToken cancellationToken) =>
        Task.FromResult(_changed.Add(notify));

    private long? Edit(SqliteSession session, DocumentEdit edit)
    {
        if (session.Number("SELECT revision FROM document WHERE kind = $1 AND name = $2", edit.Kind, edit.Name) != edit.Expected
            || (edit.ExpectedOfAll is { } all && session.Number(ReadCounter, Counter) != all))
        {
            return null;
        }

        var now = time.GetUtcNow();
        var revision = session.Rise(Counter, now.ToUnixTimeMilliseconds());
        if (edit.Json is null)
        {
            session.Run("DELETE FROM document WHERE kind = $1 AND name = $2", edit.Kind, edit.Name);
        }
        else
        {
            session.Run(
                "INSERT OR REPLACE INTO document (kind, name, revision, at, by, value) VALUES ($1, $2, $3, $4, $5, $6)",
                edit.Kind, edit.Name, revision, now.ToUnixTimeMilliseconds(), edit.By, edit.Json);
        }

        if (edit.Note is { } note)
        {
            Record(session, note, now);
        }

        return revision;
    }

    private static void Record(SqliteSession session, AuditNote note, DateTimeOffset at)
    {
        session.Run(
            "INSERT INTO audit (at, what, provider, by, before, after) VALUES ($1, $2, $3, $4, $5, $6)",
            StoreFormat.Text(at), note.What, note.Subject, note.By, note.From, note.To);
        session.Run("DELETE FROM audit WHERE id <= (SELECT max(id) FROM audit) - $1", StoreLimits.Audit);
    }
}
