using System.Text.Json;

namespace Rates.Store;

/// <summary>A change of a stored definition, made if its revision still is the expected one.</summary>
/// <param name="Provider">Whose.</param>
/// <param name="Expected">Revision to replace; 0 for none.</param>
/// <param name="Definition">What to store, its revision and instant included.</param>
internal readonly record struct ScheduleEdit(string Provider, long Expected, ScheduleDefinition Definition)
{
    private const string Shipped = "shipped";

    /// <summary>An operator's change at <paramref name="at"/>.</summary>
    public static ScheduleEdit Of(string provider, long expected, ScheduleDefinition definition, DateTimeOffset at) =>
        new(ProviderKey.Checked(provider), expected, definition with { Revision = expected + 1, At = at });

    /// <summary>
    /// What shipped definitions change: they fill gaps and replace shipped ones that differ, never an operator's unless it
    /// was taken back.
    /// </summary>
    public static IReadOnlyList<ScheduleEdit> Gaps(
        IReadOnlyDictionary<string, ScheduleDefinition> stored, IReadOnlyDictionary<string, ScheduleDefinition> shipped, DateTimeOffset at)
    {
        List<ScheduleEdit> edits = [];
        foreach (var (provider, definition) in shipped)
        {
            var before = stored.GetValueOrDefault(provider);
            var offered = definition with { Revision = before?.Revision ?? 0, By = Shipped, At = before?.At ?? at };
            if (before is null or { Reset: true } || (before.By == Shipped && before != offered))
            {
                edits.Add(Of(provider, offered.Revision, offered, at));
            }
        }

        return edits;
    }

    /// <summary>The stored form.</summary>
    public string ToJson() => JsonSerializer.Serialize(Definition, StoreFormat.Json.ScheduleDefinition);

    /// <summary>Reads a stored definition; null when it is none.</summary>
    public static ScheduleDefinition? Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, StoreFormat.Json.ScheduleDefinition);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads stored definitions; one that cannot be read is left out, and counts as not stored.</summary>
    public static IReadOnlyDictionary<string, ScheduleDefinition> ReadAll(IEnumerable<(string Provider, string Json)> stored) =>
        stored.Select(
            one => (one.Provider, Definition: Parse(one.Json))).Where(one => one.Definition is not null).ToDictionary(one => one.Provider,
            one => one.Definition!);
}
