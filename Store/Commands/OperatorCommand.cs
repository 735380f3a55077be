using System.Text.Json.Serialization;

namespace Rates.Store;

/// <summary>The kinds of command that an operator gives to workers, such as a fetch at once.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CommandKind>))]
public enum CommandKind
{
    /// <summary>Fetch a provider now, regardless of its schedule.</summary>
    [JsonStringEnumMemberName("run")]
    Run,

    /// <summary>Fetch a provider's history of some days.</summary>
    [JsonStringEnumMemberName("backfill")]
    Backfill,

    /// <summary>End the delay that failures have put on a provider, so that it is asked again.</summary>
    [JsonStringEnumMemberName("clear-hold")]
    ClearHold,

    /// <summary>Publish the figures of a refused sheet.</summary>
    [JsonStringEnumMemberName("release")]
    Release,

    /// <summary>Take a refused sheet off the list.</summary>
    [JsonStringEnumMemberName("discard")]
    Discard,

    /// <summary>Read the stored bodies of a provider again with today's adapter, and show or store what differs.</summary>
    [JsonStringEnumMemberName("replay")]
    Replay,
}

/// <summary>The states of an operator's command to the workers, from waiting to its end.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CommandState>))]
public enum CommandState
{
    /// <summary>No worker has taken it yet.</summary>
    [JsonStringEnumMemberName("queued")]
    Queued,

    /// <summary>A worker carries it out.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>It was carried out.</summary>
    [JsonStringEnumMemberName("done")]
    Done,

    /// <summary>It could not be carried out.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}

/// <summary>A command of an operator to the workers, with its state and result.</summary>
public sealed record OperatorCommand
{
    /// <summary>What to do.</summary>
    public required CommandKind Kind { get; init; }

    /// <summary>To which provider.</summary>
    public required string Provider { get; init; }

    /// <summary>Who requested it.</summary>
    public required string By { get; init; }

    /// <summary>When it was requested, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>First day of a back-fill or a replay, included; null for a replay of all days, and for other commands.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day of a back-fill or a replay, included; null for a replay of all days, and for other commands.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The id of the replay whose changes this replay stores; null for one that only shows, and for other commands.</summary>
    public string? Shown { get; init; }

    /// <summary>The refused sheet that is released or discarded; null for other commands.</summary>
    public string? Entry { get; init; }

    /// <summary>The operator's reason; empty where none is required.</summary>
    public string Reason { get; init; } = "";

    /// <summary>How far it has come.</summary>
    public CommandState State { get; init; }

    /// <summary>The worker that carries it out; empty before.</summary>
    public string Worker { get; init; } = "";

    /// <summary>What is done of a back-fill or a replay, in percent.</summary>
    public int Percent { get; init; }

    /// <summary>The first day that a back-fill has completed down to; null before any.</summary>
    public DateOnly? Reached { get; init; }

    /// <summary>The result or the progress, as text for people; empty before.</summary>
    public string Message { get; init; } = "";

    /// <summary>When it ended, UTC; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether nothing more will happen.</summary>
    [JsonIgnore]
    public bool HasEnded => State is CommandState.Done or CommandState.Failed;
}
