using System.Text;
using System.Text.Json;

namespace Rates.Store;

/// <summary>Stores and reads users and API keys, as operators' documents (<see cref="OperatorDocument"/>).</summary>
public sealed class AccessStore(IOperatorDocuments documents)
{
    /// <summary>The kind of users' documents; a document's name is the user's.</summary>
    public const string Users = "user";

    /// <summary>The kind of keys' documents; a document's name is <see cref="KeyText.Id"/>.</summary>
    public const string Keys = "key";

    /// <summary>Every user, by name.</summary>
    public Task<IReadOnlyDictionary<string, WithRevision<AccessUser>>> ReadUsersAsync(CancellationToken cancellationToken) =>
        ReadAsync(Users, AccessJson.User, cancellationToken);

    /// <summary>Every key, by its id.</summary>
    public Task<IReadOnlyDictionary<string, WithRevision<AccessKey>>> ReadKeysAsync(CancellationToken cancellationToken) =>
        ReadAsync(Keys, AccessJson.Key, cancellationToken);

    /// <summary>
    /// Stores a user, or deletes it where <paramref name="user"/> is null, if its revision still is <paramref
    /// name="expected"/>.
    /// </summary>
    /// <param name="name">The user's name.</param>
    /// <param name="expected">The revision that was seen; 0 for no such user.</param>
    /// <param name="user">What is to be stored.</param>
    /// <param name="by">Who asks for it.</param>
    /// <param name="change">What is done, for the record of changes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="expectedOfAll">What <see cref="ReadRevisionAsync"/> must still answer; null where it does not matter.</param>
    /// <returns>The new revision; null when it has another one.</returns>
    public Task<long?> EditUserAsync(
        string name, long expected, AccessUser? user, string by, string change, CancellationToken cancellationToken,
        long? expectedOfAll = null) =>
        documents.EditDocumentAsync(
            Edit(Users, name, expected, user is null ? null : JsonSerializer.Serialize(user, StoreFormat.Json.AccessUser), by, change)
                with
            { ExpectedOfAll = expectedOfAll },
            cancellationToken);

    /// <summary>
    /// Stores a key, or deletes it where <paramref name="key"/> is null, if its revision still is <paramref
    /// name="expected"/>.
    /// </summary>
    /// <returns>The new revision; null when it has another one.</returns>
    public Task<long?> EditKeyAsync(
        string id, long expected, AccessKey? key, string by, string change, CancellationToken cancellationToken) =>
        documents.EditDocumentAsync(
            Edit(Keys, id, expected, key is null ? null : JsonSerializer.Serialize(key, StoreFormat.Json.AccessKey), by, change),
            cancellationToken);

    /// <summary>The counter that every change of any document moves.</summary>
    public Task<long> ReadRevisionAsync(CancellationToken cancellationToken) => documents.ReadDocumentsRevisionAsync(cancellationToken);

    // The record of changes describes in words what was done: the documents themselves hold hashes.
    private static DocumentEdit Edit(string kind, string name, long expected, string? json, string by, string change) =>
        new(kind, name, expected, json, by, new(kind, name, by, "", change));

    private async Task<IReadOnlyDictionary<string, WithRevision<T>>> ReadAsync<T>(
        string kind, StoredObject<T> type, CancellationToken cancellationToken)
        where T : class
    {
        Dictionary<string, WithRevision<T>> read = [];
        foreach (var (name, document) in await documents.ReadDocumentsAsync(kind, cancellationToken))
        {
            if (Read(document.Json, type) is { } value)
            {
                read.Add(name, new(document.Revision, value));
            }
        }

        return read;
    }

    private static T? Read<T>(string json, StoredObject<T> type)
        where T : class
    {
        try
        {
            return type.Read(Encoding.UTF8.GetBytes(json));
        }
        catch (JsonException)
        {
            // A damaged document gives nobody access.
            return null;
        }
    }
}

/// <summary>A value read from the store with its revision, a number that rises with every change.</summary>
public sealed record WithRevision<T>(long Revision, T Value);
