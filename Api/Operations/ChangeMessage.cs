using System.Text.Json;

namespace Rates.Api;

/// <summary>One change of a provider's rates or of their age, for a transport to pass on.</summary>
/// <param name="Name"><c>published</c>, <c>revised</c>, <c>stale</c> or <c>failed</c>.</param>
/// <param name="Id">The epoch and version of the sheet, to go on from; empty for a change that is not about a sheet.</param>
/// <param name="Provider">The provider's key.</param>
/// <param name="Json">The same data that <c>/v1/events</c> sends.</param>
public sealed record ChangeMessage(string Name, string Id, string Provider, ReadOnlyMemory<byte> Json)
{
    private static readonly AnswerJson<EventData> Data = new(options => new EventsJson(options).EventData);

    internal static ChangeMessage Of(RateEvent change) => new(
        change.Name, change.Id ?? "", change.Entry.Key, JsonSerializer.SerializeToUtf8Bytes(EventData.Of(change), Data.Numbers));
}

/// <summary>Who wants to be told of changes, and from where on.</summary>
/// <param name="Client">Which client: one client has a limited number of streams.</param>
public sealed record ChangeRequest(string Client)
{
    /// <summary>An <see cref="LastId"/> that is older than any sheet: begins with the newest sheet of every provider.</summary>
    public const string BeforeAll = ":0";

    /// <summary>An API key; empty for none.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>The id of the last change that was read; empty to begin with the next change.</summary>
    public string LastId { get; init; } = "";
}
