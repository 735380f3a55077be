using System.Text.Json;
using StackExchange.Redis;

namespace Rates.Store;

/// <summary>
/// Stores operators' documents (JSON values set at run time, such as users and commands) and the record of their changes, in Redis.
/// </summary>
/// <param name="write">The connection for writes and reads.</param>
/// <param name="watch">The connection for notifications.</param>
/// <param name="keys">The store's keys.</param>
internal sealed class RedisDocuments(RedisConnection write, RedisConnection watch, RateKeys keys) : IOperatorDocuments
{
    /// <inheritdoc/>
    public async Task<long> ReadDocumentsRevisionAsync(CancellationToken cancellationToken) =>
        (long)await write.AskAsync(redis => redis.StringGetAsync(keys.DocumentsRevision), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, OperatorDocument>> ReadDocumentsAsync(string kind, CancellationToken cancellationToken)
    {
        var stored = await write.AskAsync(redis => redis.HashGetAllAsync(keys.Documents(kind)), cancellationToken);
        Dictionary<string, OperatorDocument> read = [];
        foreach (var entry in stored)
        {
            if (DocumentText.Parse(entry.Value.ToString()) is { } document)
            {
                read.Add(entry.Name.ToString(), document);
            }
        }

        return read;
    }

    /// <inheritdoc/>
    public async Task<long?> EditDocumentAsync(DocumentEdit edit, CancellationToken cancellationToken)
    {
        RedisKey[] touched = [keys.Documents(edit.Kind), keys.DocumentsRevision, keys.Audit];
        RedisValue[] values =
        [
            keys.DocumentsChanged, edit.Kind, edit.Name, edit.Expected, edit.Json ?? "",
            JsonSerializer.Serialize(edit.By, StoreFormat.Json.String),
            edit.ExpectedOfAll is { } all ? all : "",
            edit.Note is null ? 0 : StoreLimits.Audit, .. Fields(edit.Note),
        ];
        return (long?)await write.AskAsync(redis => redis.ScriptEvaluateAsync(RedisScript.Document, touched, values), cancellationToken);
    }

    /// <inheritdoc/>
    public Task RecordChangeAsync(AuditNote note, CancellationToken cancellationToken)
    {
        NameValueEntry[] fields =
        [
            new("what", note.What), new("provider", note.Subject), new("by", note.By), new("from", note.From), new("to", note.To),
        ];
        return write.AskAsync(redis => redis.AddRecordAsync(keys.Audit, fields, StoreLimits.Audit), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AuditEntry>> ReadChangesAsync(int count, CancellationToken cancellationToken)
    {
        var entries = await write.AskAsync(redis => redis.NewestRecordsAsync(keys.Audit, count), cancellationToken);
        return [.. entries.Select(Change)];
    }

    /// <inheritdoc/>
    public Task<IAsyncDisposable> WatchDocumentsAsync(Action<string> notify, CancellationToken cancellationToken) =>
        watch.SubscribeAsync(keys.DocumentsChanged, notify, cancellationToken);

    private static RedisValue[] Fields(AuditNote? note) => note is null ? [] : [note.What, note.Subject, note.By, note.From, note.To];

    private static AuditEntry Change(StreamEntry entry)
    {
        var id = entry.Id.ToString();
        var milliseconds = long.Parse(id[..id.IndexOf('-', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);

        // Entries of the first release have no kind: all of them were schedules.
        var what = entry["what"].IsNull ? "schedule" : entry["what"].ToString();
        return new(
            id, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds),
            new(what, entry["provider"].ToString(), entry["by"].ToString(), entry["from"].ToString(), entry["to"].ToString()));
    }
}
