namespace Rates.Store;

/// <summary>
/// Stores operators' documents: JSON values that are set at run time, such as users, API keys and commands, each with a revision of its
/// own. Keeps the record of every change. A document has a kind (a lower-case word such as <c>key</c> or <c>command</c>) and a name.
/// </summary>
/// <exception cref="StoreUnavailableException">Every member throws it when the store cannot be reached within its deadline.</exception>
public interface IOperatorDocuments
{
    /// <summary>The counter that every change of any document moves; 0 before the first.</summary>
    Task<long> ReadDocumentsRevisionAsync(CancellationToken cancellationToken);

    /// <summary>Every document of a kind, by name; one that cannot be read is left out.</summary>
    Task<IReadOnlyDictionary<string, OperatorDocument>> ReadDocumentsAsync(string kind, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces, creates or deletes a document if its revision still is the expected one, and records the change.
    /// Returns the revision that the change was given; null when the document, or where the edit says so any other one, has another
    /// revision: nothing was changed.
    /// </summary>
    Task<long?> EditDocumentAsync(DocumentEdit edit, CancellationToken cancellationToken);

    /// <summary>Adds an entry to the record of changes for something that is not a document.</summary>
    Task RecordChangeAsync(AuditNote note, CancellationToken cancellationToken);

    /// <summary>The last changes of documents and schedules, newest first.</summary>
    Task<IReadOnlyList<AuditEntry>> ReadChangesAsync(int count, CancellationToken cancellationToken);

    /// <summary>
    /// Calls <paramref name="notify"/> with a kind soon after a document of it changed, until the result is disposed. A
    /// notification may be lost, repeated or late, so callers also read the revision from time to time.
    /// </summary>
    Task<IAsyncDisposable> WatchDocumentsAsync(Action<string> notify, CancellationToken cancellationToken);
}
