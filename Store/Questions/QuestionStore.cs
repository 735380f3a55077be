using System.Globalization;
using System.Text.Json;

namespace Rates.Store;

/// <summary>
/// Stores and reads questions that an Api asks the workers, as operators' documents. They are short-lived and not in the record of changes.
/// </summary>
public sealed class QuestionStore(IOperatorDocuments documents)
{
    /// <summary>The kind of their documents; a document's name is the question's id.</summary>
    public const string Kind = "question";

    /// <summary>Questions that may be open at once.</summary>
    public const int MostOpen = 20;

    /// <summary>How long a question is kept at most: whoever asked has given up by then.</summary>
    public static TimeSpan Life { get; } = TimeSpan.FromMinutes(2);

    /// <summary>The counter that every change of any document moves.</summary>
    public Task<long> ReadRevisionAsync(CancellationToken cancellationToken) => documents.ReadDocumentsRevisionAsync(cancellationToken);

    /// <summary>Every question, by id, with the instant of its last change by the store's clock.</summary>
    public async Task<IReadOnlyDictionary<string, (WithRevision<WorkerQuestion> Question, DateTimeOffset At)>> ReadAsync(
        CancellationToken cancellationToken) =>
        (await documents.ReadDocumentsAsync(Kind, cancellationToken))
            .Select(entry => (entry.Key, Question: Parse(entry.Value.Json), entry.Value.Revision, entry.Value.At))
            .Where(entry => entry.Question is not null)
            .ToDictionary(entry => entry.Key, entry => (new WithRevision<WorkerQuestion>(entry.Revision, entry.Question!), entry.At));

    /// <summary>Asks; the question's id. Null when too many are open.</summary>
    public async Task<string?> AskAsync(WorkerQuestion question, string by, CancellationToken cancellationToken)
    {
        if ((await documents.ReadDocumentsAsync(Kind, cancellationToken)).Count >= MostOpen)
        {
            return null;
        }

        var id = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        await documents.EditDocumentAsync(new(Kind, id, 0, Json(question), by, null), cancellationToken);
        return id;
    }

    /// <summary>Stores what a worker did with a question, if nobody has stored anything since; the new revision, or null.</summary>
    public Task<long?> UpdateAsync(string id, long expected, WorkerQuestion question, CancellationToken cancellationToken) =>
        documents.EditDocumentAsync(new(Kind, id, expected, Json(question), question.Worker, null), cancellationToken);

    /// <summary>Deletes a question.</summary>
    public Task RemoveAsync(string id, long expected, CancellationToken cancellationToken) =>
        documents.EditDocumentAsync(new(Kind, id, expected, null, "", null), cancellationToken);

    /// <summary>Calls <paramref name="notify"/> soon after a question changed, until the result is disposed.</summary>
    public Task<IAsyncDisposable> WatchAsync(Action notify, CancellationToken cancellationToken) =>
        documents.WatchDocumentsAsync(
            kind =>
            {
                if (kind == Kind)
                {
                    notify();
                }
            },
            cancellationToken);

    private static string Json(WorkerQuestion question) => JsonSerializer.Serialize(question, StoreFormat.Json.WorkerQuestion);

    private static WorkerQuestion? Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, StoreFormat.Json.WorkerQuestion);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
