namespace Rates.Store;

/// <summary>
/// One change of a provider's rates, as it is posted to the receivers of webhooks: the data of the same event of <c>/v1/events</c>.
/// </summary>
/// <param name="Event">published, revised, stale or failed; <c>test</c> for what an operator sends to try a receiver.</param>
/// <param name="Provider">The provider's key.</param>
/// <param name="Name">The institution's name.</param>
/// <param name="Status">How current the rates that are answered are: fresh, closed, stale, frozen, retired or missing.</param>
/// <param name="AsOf">Their newest day, such as 2026-08-20; left out when there are none.</param>
/// <param name="FetchedAt">When the figures were fetched, UTC; left out when the change is not about figures.</param>
/// <param name="Version">The sheet's epoch and version; left out likewise, and for the stored days of a provider that has no sheet.</param>
/// <param name="Reason">The last failure of fetching; left out when there is none.</param>
public sealed record WebhookEvent(
    string Event, string Provider, string Name, string Status, string? AsOf, string? FetchedAt, string? Version, string? Reason)
{
    /// <summary>Latest rates with a new day or new figures.</summary>
    public const string Published = "published";

    /// <summary>A sheet that changed figures of a day already published.</summary>
    public const string Revised = "revised";

    /// <summary>A publication was missed.</summary>
    public const string Stale = "stale";

    /// <summary>A fetch failed.</summary>
    public const string Failed = "failed";

    /// <summary>No change: an operator tries whether a receiver takes what is posted.</summary>
    public const string Test = "test";

    /// <summary>Every kind of change.</summary>
    public static IReadOnlyList<string> Names { get; } = [Published, Revised, Stale, Failed];
}
