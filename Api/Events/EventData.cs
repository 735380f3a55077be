namespace Rates.Api;

/// <summary>What an event of <c>/v1/events</c> says.</summary>
internal sealed record EventData(string Provider, string Status, string? AsOf, string? FetchedAt, string? Version, string? Reason)
{
    /// <summary>An event's data.</summary>
    public static EventData Of(BookEvent news) => new(
        news.Entry.Key,
        news.Entry.Status.ToText(),
        news.Entry.AsOf?.ToText(),
        news.Entry.Sheet?.FetchedAt.ToText(),
        news.Id,
        (news.Name == "failed" ? news.Entry.Stored.Health.Reason : news.Entry.Reason) is { Length: > 0 } reason ? reason : null);
}
