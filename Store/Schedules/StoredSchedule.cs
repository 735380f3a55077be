namespace Rates.Store;

/// <summary>A provider's schedule in the form in which the store holds it.</summary>
/// <param name="Provider">Whose.</param>
/// <param name="Text">The text that operators see and may change by hand; empty for none.</param>
/// <param name="Accepted">The text that a program of this product stored last: the definition in force; empty for none.</param>
internal readonly record struct StoredSchedule(string Provider, string Text, string Accepted)
{
    /// <summary>The accepted definition; null when there is none, or when it cannot be read.</summary>
    public ScheduleDefinition? Known => ScheduleEdit.Parse(Accepted);

    /// <summary>Whether somebody changed the text by hand and no worker has taken it over.</summary>
    /// <remarks>An earlier release stored no accepted text: what it wrote has a revision, and is no edit by hand.</remarks>
    public bool IsByHand => Text.Length > 0 && Text != Accepted && (Known is not null || ScheduleEdit.Parse(Text) is not { Revision: > 0 });

    /// <summary>
    /// The definition in force, with what is wrong with a text stored by hand; null when there is none.
    /// </summary>
    public ScheduleDefinition? InForce(DateTimeOffset now)
    {
        if (Text.Length == 0)
        {
            return null;
        }

        return !IsByHand
            ? ScheduleEdit.Parse(Text)
            : Known is { } known ? known with { HandProblem = HandEdit.Read(this, null, now).Problem } : null;
    }

    /// <summary>Every definition in force, by provider.</summary>
    public static IReadOnlyDictionary<string, ScheduleDefinition> InForce(IEnumerable<StoredSchedule> stored, DateTimeOffset now) =>
        stored.Select(one => (one.Provider, Definition: one.InForce(now))).Where(one => one.Definition is not null)
            .ToDictionary(one => one.Provider, one => one.Definition!);
}
