using System.Text.Json;
using System.Text.Json.Serialization;
using Rates.Core;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Remembers which refused figures operators discarded, so that a source that still sends them does not put them on the list again.
/// </summary>
internal sealed class DiscardedFigures(IOperatorDocuments documents, WorkerOptions worker)
{
    /// <summary>The kind of the documents that hold them, one for each provider.</summary>
    public const string Kind = "discarded";

    // More figures than any sheet has; what is older is no longer sent.
    private const int Most = 1000;

    /// <summary>The discarded figures of a provider, as <see cref="Observation.ToString"/> writes them.</summary>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public async Task<IReadOnlySet<string>> ReadAsync(string provider, CancellationToken cancellationToken) =>
        Read((await documents.ReadDocumentsAsync(Kind, cancellationToken)).GetValueOrDefault(provider)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether every one of <paramref name="figures"/>, at least one, was discarded.</summary>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public async Task<bool> ContainsAllAsync(string provider, IReadOnlyList<Observation> figures, CancellationToken cancellationToken)
    {
        var known = await ReadAsync(provider, cancellationToken);
        return known.Count > 0 && figures.Count > 0 && figures.All(figure => known.Contains(figure.ToString()));
    }

    /// <summary>Adds figures; the newest thousand of a provider are kept.</summary>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public async Task AddAsync(string provider, IReadOnlyList<Observation> figures, CancellationToken cancellationToken)
    {
        // Each edit that is lost is one that another worker has made, so this ends.
        while (figures.Count > 0)
        {
            var stored = (await documents.ReadDocumentsAsync(Kind, cancellationToken)).GetValueOrDefault(provider);
            var added = figures.Select(figure => figure.ToString());
            string[] all = [.. added.Concat(Read(stored)).Distinct(StringComparer.Ordinal).Take(Most)];
            var edit = new DocumentEdit(
                Kind, provider, stored?.Revision ?? 0, JsonSerializer.Serialize(all, DiscardedJson.Default.StringArray), worker.Id,
                Note: null);
            if (await documents.EditDocumentAsync(edit, cancellationToken) is not null)
            {
                return;
            }
        }
    }

    private static string[] Read(OperatorDocument? stored)
    {
        try
        {
            return stored is null ? [] : JsonSerializer.Deserialize(stored.Json, DiscardedJson.Default.StringArray) ?? [];
        }
        catch (JsonException)
        {
            // All that is lost is what was discarded: it is listed once more.
            return [];
        }
    }
}

/// <summary>JSON metadata of the discarded figures as they are stored.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class DiscardedJson : JsonSerializerContext;
