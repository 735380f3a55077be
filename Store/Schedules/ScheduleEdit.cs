using System.Text.Json;
using Rates.Core;

namespace Rates.Store;

/// <summary>
/// A new text and definition for a stored schedule; the store writes them only if the schedule has not changed since the caller read it.
/// </summary>
/// <param name="Before">What the caller saw.</param>
/// <param name="Definition">The definition that comes into force, its revision and instant included.</param>
/// <param name="Text">The text to store; differs from the definition where a text that cannot be used is kept.</param>
internal readonly record struct ScheduleEdit(StoredSchedule Before, ScheduleDefinition Definition, string Text)
{
    private const string Shipped = "shipped";

    /// <summary>Whose.</summary>
    public string Provider => Before.Provider;

    /// <summary>The stored form of <see cref="Definition"/>.</summary>
    public string Accepted => JsonSerializer.Serialize(Definition, StoreFormat.Json.ScheduleDefinition);

    /// <summary>A definition in place of what is stored, with the next revision.</summary>
    public static ScheduleEdit Of(StoredSchedule before, ScheduleDefinition definition, DateTimeOffset at)
    {
        var next = definition with { Revision = Revision(before) + 1, At = at, HandProblem = "" };
        return new(before, next, JsonSerializer.Serialize(next, StoreFormat.Json.ScheduleDefinition));
    }

    /// <summary>The revision in force; 0 for none, also when the text is gone.</summary>
    public static long Revision(StoredSchedule stored) =>
        stored.Text.Length == 0 ? 0 : (stored.Known ?? Parse(stored.Text))?.Revision ?? 0;

    /// <summary>
    /// What shipped definitions change: they fill gaps and replace shipped ones that differ, never an operator's unless it
    /// was taken back. A text that somebody stored by hand stays as it is.
    /// </summary>
    public static IReadOnlyList<ScheduleEdit> Gaps(
        IReadOnlyDictionary<string, StoredSchedule> stored, IReadOnlyDictionary<string, ScheduleDefinition> shipped, DateTimeOffset at)
    {
        List<ScheduleEdit> edits = [];
        foreach (var (provider, definition) in shipped)
        {
            var before = stored.GetValueOrDefault(provider, new(ProviderKey.Checked(provider), "", ""));
            var known = before.Text.Length == 0 ? null : before.Known ?? (before.IsByHand ? null : Parse(before.Text));
            var offered = definition with { Revision = known?.Revision ?? 0, By = Shipped, At = known?.At ?? at };
            if (known is null or { Reset: true } || (known.By == Shipped && known != offered))
            {
                var edit = Of(before, offered, at);
                edits.Add(before.IsByHand ? edit with { Text = before.Text } : edit);
            }
            else if (!before.IsByHand && before.Accepted != before.Text)
            {
                // Stored by an earlier release, which wrote no accepted text.
                edits.Add(new(before, known, before.Text));
            }
        }

        return edits;
    }

    /// <summary>The schedules stored by hand that can be used.</summary>
    public static IReadOnlyList<ScheduleEdit> ByHand(
        IEnumerable<StoredSchedule> stored, IReadOnlyDictionary<string, ScheduleDefinition> shipped, DateTimeOffset at) =>
    [
        .. from one in stored
           where one.IsByHand
           let definition = HandEdit.Read(one, shipped.GetValueOrDefault(one.Provider), at).Definition
           where definition is not null
           select Of(one, definition, at),
    ];

    /// <summary>Reads a stored definition; null when it is none.</summary>
    public static ScheduleDefinition? Parse(string json)
    {
        try
        {
            return json.Length == 0 ? null : JsonSerializer.Deserialize(json, StoreFormat.Json.ScheduleDefinition);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
