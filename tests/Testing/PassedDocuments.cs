using System.Runtime.CompilerServices;
using Rates.Store;

namespace Rates.Testing;

/// <summary>Operators' documents of another store, with a hand on the calls: one may wait, fail, or go to another store.</summary>
/// <param name="to">Which documents a call is passed on to.</param>
public sealed class PassedDocuments(Func<IOperatorDocuments> to) : IOperatorDocuments
{
    /// <summary>
    /// Waited for before each call, with the name of the call and its token; may throw in its place. Nothing is waited for unless set.
    /// </summary>
    public Func<string, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<long> ReadDocumentsRevisionAsync(CancellationToken cancellationToken) =>
        PassAsync(documents => documents.ReadDocumentsRevisionAsync(cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, OperatorDocument>> ReadDocumentsAsync(string kind, CancellationToken cancellationToken) =>
        PassAsync(documents => documents.ReadDocumentsAsync(kind, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<long?> EditDocumentAsync(DocumentEdit edit, CancellationToken cancellationToken) =>
        PassAsync(documents => documents.EditDocumentAsync(edit, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task RecordChangeAsync(AuditNote note, CancellationToken cancellationToken) => PassAsync(
        async documents =>
        {
            await documents.RecordChangeAsync(note, cancellationToken);
            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditEntry>> ReadChangesAsync(int count, CancellationToken cancellationToken) =>
        PassAsync(documents => documents.ReadChangesAsync(count, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<IAsyncDisposable> WatchDocumentsAsync(Action<string> notify, CancellationToken cancellationToken) =>
        PassAsync(documents => documents.WatchDocumentsAsync(notify, cancellationToken), cancellationToken);

    private async Task<T> PassAsync<T>(
        Func<IOperatorDocuments, Task<T>> call, CancellationToken cancellationToken, [CallerMemberName] string name = "")
    {
        await Before(name, cancellationToken);
        return await call(to());
    }
}
