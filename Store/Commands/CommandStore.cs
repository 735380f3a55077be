using System.Globalization;
using System.Text.Json;

namespace Rates.Store;

/// <summary>
/// Stores and reads operators' commands to the workers, as operators' documents. One worker takes each; the others see that it is taken.
/// </summary>
public sealed class CommandStore(IOperatorDocuments documents)
{
    /// <summary>The kind of their documents; a document's name is the command's id, which rises with time.</summary>
    public const string Kind = "command";

    /// <summary>The most commands that may wait or run at the same time.</summary>
    public const int MostOpen = 100;

    // Ended ones stay to be looked at.
    private const int MostEnded = 200;

    /// <summary>Every command, by id, oldest first. One that cannot be read is left out.</summary>
    public async Task<IReadOnlyDictionary<string, WithRevision<OperatorCommand>>> ReadAsync(CancellationToken cancellationToken) =>
        new SortedDictionary<string, WithRevision<OperatorCommand>>(
            (await documents.ReadDocumentsAsync(Kind, cancellationToken))
                .Select(entry => (entry.Key, Command: Parse(entry.Value.Json), entry.Value.Revision))
                .Where(entry => entry.Command is not null)
                .ToDictionary(entry => entry.Key, entry => new WithRevision<OperatorCommand>(entry.Revision, entry.Command!)),
            StringComparer.Ordinal);

    /// <summary>Stores a command for the workers and returns its id; null when too many wait already.</summary>
    public async Task<string?> AskAsync(OperatorCommand command, CancellationToken cancellationToken)
    {
        var all = await ReadAsync(cancellationToken);
        if (all.Values.Count(known => !known.Value.HasEnded) >= MostOpen)
        {
            return null;
        }

        var ended = all.Where(known => known.Value.Value.HasEnded).Select(known => (known.Key, known.Value.Revision)).ToList();
        foreach (var (name, revision) in ended.Take(ended.Count - MostEnded))
        {
            await documents.EditDocumentAsync(new(Kind, name, revision, null, command.By, null), cancellationToken);
        }

        var id = Guid.CreateVersion7(command.CreatedAt).ToString("N", CultureInfo.InvariantCulture);
        await documents.EditDocumentAsync(
            new(Kind, id, 0, Json(command), command.By, new("command", command.Provider, command.By, "", Text(command))),
            cancellationToken);
        return id;
    }

    /// <summary>
    /// Stores the state of a command if its revision still is the expected one, and returns the new revision; null when it is another.
    /// </summary>
    public Task<long?> UpdateAsync(string id, long expected, OperatorCommand command, CancellationToken cancellationToken) =>
        documents.EditDocumentAsync(new(Kind, id, expected, Json(command), command.Worker, null), cancellationToken);

    private static string Json(OperatorCommand command) => JsonSerializer.Serialize(command, StoreFormat.Json.OperatorCommand);

    private static OperatorCommand? Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, StoreFormat.Json.OperatorCommand);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Day(DateOnly? day) => day is { } one ? StoreFormat.Text(one) : "any day";

    private static string Text(OperatorCommand command) => command.Kind switch
    {
        CommandKind.Backfill =>
            string.Create(CultureInfo.InvariantCulture, $"backfill {command.From:yyyy-MM-dd} to {command.To:yyyy-MM-dd}"),
        CommandKind.Release => $"release {command.Entry}: {command.Reason}",
        CommandKind.Discard => $"discard {command.Entry}: {command.Reason}",
        CommandKind.ClearHold => "clear hold",
        CommandKind.Replay =>
            $"{(command.Shown is { } shown ? $"store the replay {shown}" : "replay")}: {Day(command.From)} to {Day(command.To)}",
        _ => "run now",
    };
}
