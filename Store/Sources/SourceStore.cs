using System.Text.Json;
using Rates.Core;

namespace Rates.Store;

/// <summary>
/// Stores and reads what operators set about providers, as operators' documents: addresses and credentials, and providers declared without
/// code.
/// </summary>
public sealed class SourceStore(IOperatorDocuments documents)
{
    /// <summary>The kind of documents with addresses and credentials; a document's name is the provider's key.</summary>
    public const string Endpoints = "endpoint";

    /// <summary>The kind of declared providers' documents; a document's name is the provider's key.</summary>
    public const string Declarations = "declaration";

    /// <summary>The counter that every change of any document moves.</summary>
    public Task<long> ReadRevisionAsync(CancellationToken cancellationToken) => documents.ReadDocumentsRevisionAsync(cancellationToken);

    /// <summary>
    /// Calls <paramref name="notify"/> soon after a stored document of this class changed, until the result is disposed. A
    /// notification may be lost, repeated or late.
    /// </summary>
    public Task<IAsyncDisposable> WatchAsync(Action notify, CancellationToken cancellationToken) =>
        documents.WatchDocumentsAsync(
            kind =>
            {
                if (kind is Endpoints or Declarations)
                {
                    notify();
                }
            },
            cancellationToken);

    /// <summary>Every override, by provider; the value of one that cannot be read is null.</summary>
    public async Task<IReadOnlyDictionary<string, WithRevision<EndpointOverride?>>> ReadEndpointsAsync(
        CancellationToken cancellationToken) =>
        (await documents.ReadDocumentsAsync(Endpoints, cancellationToken)).ToDictionary(
            entry => entry.Key, entry => new WithRevision<EndpointOverride?>(entry.Value.Revision, Parse(entry.Value.Json)));

    /// <summary>
    /// Stores an override, or deletes it where <paramref name="endpoint"/> is null, if the stored one still is
    /// <paramref name="before"/>, and records the change.
    /// </summary>
    /// <returns>The new revision; null when it has another one.</returns>
    public Task<long?> EditEndpointAsync(
        string provider, WithRevision<EndpointOverride?>? before, EndpointOverride? endpoint, string by,
        CancellationToken cancellationToken) =>
        documents.EditDocumentAsync(
            new(
                Endpoints, ProviderKey.Checked(provider), before?.Revision ?? 0, endpoint is null ? null : SourceText.Write(endpoint), by,
                new(Endpoints, provider, by, before?.Value?.Summary() ?? "", endpoint?.Summary() ?? "as it ships")),
            cancellationToken);

    /// <summary>Every declared provider, by key, retired ones included.</summary>
    public async Task<IReadOnlyDictionary<string, DeclarationRecord>> ReadDeclarationsAsync(CancellationToken cancellationToken) =>
        (await documents.ReadDocumentsAsync(Declarations, cancellationToken)).ToDictionary(
            entry => entry.Key,
            entry => new DeclarationRecord(entry.Value.Revision, entry.Value.At, entry.Value.By, ParseDeclaration(entry.Value.Json)));

    /// <summary>
    /// Stores a declaration if the stored one still has the revision <paramref name="expected"/> (0 for none), and records the change.
    /// </summary>
    /// <returns>The new revision; null when it has another one.</returns>
    public Task<long?> EditDeclarationAsync(
        string provider, long expected, StoredDeclaration declaration, string by, CancellationToken cancellationToken) =>
        documents.EditDocumentAsync(
            new(
                Declarations, ProviderKey.Checked(provider), expected, SourceText.Write(declaration), by,
                new(
                    Declarations, provider, by, "",
                    declaration.Retired ? "retired" : $"declared, {declaration.Block.GetRawText().Length} characters")),
            cancellationToken);

    private static StoredDeclaration? ParseDeclaration(string json)
    {
        try
        {
            return SourceText.ReadDeclaration(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static EndpointOverride? Parse(string json)
    {
        try
        {
            return SourceText.ReadEndpoint(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
