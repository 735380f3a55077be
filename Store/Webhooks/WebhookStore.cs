using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rates.Store;

/// <summary>
/// Stores and reads webhooks, as operators' documents: what operators set, what workers remember of posting, and what was given up.
/// </summary>
public sealed class WebhookStore(IOperatorDocuments documents)
{
    /// <summary>The kind of the documents that operators set; a document's name is the webhook's name.</summary>
    public const string Definitions = "subscription";

    /// <summary>The kind of the memory's document, and of the entries about webhooks in the record of changes.</summary>
    public const string Kind = "webhook";

    /// <summary>The kind of the documents of what was given up; a document's name is the delivery's id.</summary>
    public const string DeadLetters = "deadletter";

    /// <summary>Dead letters that are kept; older ones give way.</summary>
    public const int MostDead = 100;

    private const string Memory = "state";

    /// <summary>The counter that every change of any document moves.</summary>
    public Task<long> ReadRevisionAsync(CancellationToken cancellationToken) => documents.ReadDocumentsRevisionAsync(cancellationToken);

    /// <summary>Every webhook that operators set, by name.</summary>
    public async Task<IReadOnlyDictionary<string, WebhookRecord>> ReadDefinitionsAsync(CancellationToken cancellationToken) =>
        (await documents.ReadDocumentsAsync(Definitions, cancellationToken)).ToDictionary(
            entry => entry.Key,
            entry => new WebhookRecord(
                entry.Value.Revision, entry.Value.At, entry.Value.By, Parse(entry.Value.Json, StoreFormat.Json.WebhookDefinition)));

    /// <summary>
    /// Stores a webhook, or deletes it where <paramref name="definition"/> is null, if the stored one still is
    /// <paramref name="before"/>, and records the change.
    /// </summary>
    /// <returns>The new revision; null when it has another one.</returns>
    public Task<long?> EditDefinitionAsync(
        string name, WebhookRecord? before, WebhookDefinition? definition, string by, CancellationToken cancellationToken) =>
        documents.EditDocumentAsync(
            new(
                Definitions, name, before?.Revision ?? 0, definition is null ? null : WebhookText.Write(definition), by,
                new(Kind, name, by, before?.Value?.Summary() ?? "", definition?.Summary() ?? "removed")),
            cancellationToken);

    /// <summary>What workers remember; revision 0 before the first look.</summary>
    public async Task<WebhookMemoryRecord> ReadMemoryAsync(CancellationToken cancellationToken) =>
        (await documents.ReadDocumentsAsync(Kind, cancellationToken)).GetValueOrDefault(Memory) is { } stored
            ? new(stored.Revision, stored.Json, Parse(stored.Json, StoreFormat.Json.WebhookMemory))
            : new(0, "", null);

    /// <summary>Stores what a worker remembers, or forgets it where <paramref name="memory"/> is null.</summary>
    /// <returns>The new revision; null when the stored one is not <paramref name="expected"/> any more.</returns>
    public Task<long?> StoreMemoryAsync(WebhookMemory? memory, long expected, string worker, CancellationToken cancellationToken) =>
        documents.EditDocumentAsync(
            new(Kind, Memory, expected, memory is null ? null : WebhookText.Write(memory), worker, Note: null), cancellationToken);

    /// <summary>What was given up, by id; the oldest first.</summary>
    public async Task<IReadOnlyList<WithRevision<WebhookDeadLetter>>> ReadDeadLettersAsync(CancellationToken cancellationToken) =>
    [
        .. from entry in (await documents.ReadDocumentsAsync(DeadLetters, cancellationToken)).Values
           let letter = Parse(entry.Json, StoreFormat.Json.WebhookDeadLetter)
           where letter is not null
           orderby letter.GivenUpAt, letter.Delivery.Id
           select new WithRevision<WebhookDeadLetter>(entry.Revision, letter),
    ];

    /// <summary>
    /// Stores a dead letter, or deletes it where <paramref name="isDeleted"/> says so, if its revision still is the expected one.
    /// </summary>
    /// <param name="letter">The letter; its revision is 0 for a new one.</param>
    /// <param name="isDeleted">True to delete it.</param>
    /// <param name="by">Who asks for the change.</param>
    /// <param name="change">From and to in the record of changes; null for a change that is not recorded.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The new revision; null when it has another one.</returns>
    public Task<long?> EditDeadLetterAsync(
        WithRevision<WebhookDeadLetter> letter, bool isDeleted, string by, (string From, string To)? change,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letter);
        var delivery = letter.Value.Delivery;
        return documents.EditDocumentAsync(
            new(
                DeadLetters, delivery.Id, letter.Revision,
                isDeleted ? null : JsonSerializer.Serialize(letter.Value, StoreFormat.Json.WebhookDeadLetter), by,
                change is { } note ? new(Kind, delivery.Subscription, by, note.From, note.To) : null),
            cancellationToken);
    }

    /// <summary>Adds to the record of changes that an operator had a test sent.</summary>
    public Task RecordTestAsync(WebhookTestResult result, string by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(result);
        return documents.RecordChangeAsync(new(Kind, result.Webhook, by, $"test {result.Delivery}", result.Summary()), cancellationToken);
    }

    private static T? Parse<T>(string json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
