using System.Text.Json;

namespace Rates.Store;

/// <summary>
/// Stores and reads what operators set about sources: addresses and credentials, and declared providers, as operators' documents.
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

    /// <summary>Every declared provider, by key: the document as it was given, a JSON object.</summary>
    public Task<IReadOnlyDictionary<string, OperatorDocument>> ReadDeclarationsAsync(CancellationToken cancellationToken) =>
        documents.ReadDocumentsAsync(Declarations, cancellationToken);

    /// <summary>
    /// Stores a declaration, or deletes it where <paramref name="json"/> is null, if its revision still is
    /// <paramref name="expected"/>, and records the change.
    /// </summary>
    /// <returns>The new revision; null when it has another one.</returns>
    public Task<long?> EditDeclarationAsync(
        string provider, long expected, string? json, string by, string change, CancellationToken cancellationToken) =>
        documents.EditDocumentAsync(
            new(Declarations, ProviderKey.Checked(provider), expected, json, by, new(Declarations, provider, by, "", change)),
            cancellationToken);

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
