namespace Rates.Api;

/// <summary>
/// The JSON data of one event that <c>/v1/events</c> sends: the provider whose rates changed, with their age, day and version.
/// </summary>
internal sealed record EventData(string Provider, string Status, string? AsOf, string? FetchedAt, string? Version, string? Reason)
{
    /// <summary>Makes the data of an event.</summary>
    public static EventData Of(RateEvent change) => new(
        change.Entry.Key,
        change.Entry.Status.ToText(),
        change.Entry.AsOf?.ToText(),
        change.Entry.FetchedAt?.ToText(),
        change.Id,
        (change.Name == "failed" ? change.Entry.Stored.Health.Reason : change.Entry.Reason) is { Length: > 0 } reason ? reason : null);
}
