using System.Text.Json.Serialization;

namespace Rates.Worker;

/// <summary>One change of a provider's rates, as it is posted to subscribers: the data of the same event of <c>/v1/events</c>.</summary>
/// <param name="Event">published, revised, stale or failed.</param>
/// <param name="Provider">The provider's key.</param>
/// <param name="Name">The institution's name.</param>
/// <param name="Status">fresh, closed, stale, frozen, retired or missing.</param>
/// <param name="AsOf">The newest day of its sheet, such as 2026-08-20; left out when there is no sheet.</param>
/// <param name="FetchedAt">When the sheet was fetched, UTC; left out when the change is not about a sheet.</param>
/// <param name="Version">The sheet's epoch and version; left out likewise.</param>
/// <param name="Reason">The last failure of fetching; left out when there is none.</param>
internal sealed record RateChange(
    string Event, string Provider, string Name, string Status, string? AsOf, string? FetchedAt, string? Version, string? Reason)
{
    /// <summary>A sheet with a new day or new figures.</summary>
    public const string Published = "published";

    /// <summary>A sheet that changed figures of a day already published.</summary>
    public const string Revised = "revised";

    /// <summary>A publication was missed.</summary>
    public const string Stale = "stale";

    /// <summary>A fetch failed.</summary>
    public const string Failed = "failed";

    /// <summary>Every kind of change.</summary>
    public static IReadOnlyList<string> Names { get; } = [Published, Revised, Stale, Failed];
}

/// <summary>A change that is still to be posted to one subscriber.</summary>
/// <param name="Id">Unique; a subscriber that gets it twice knows it by this.</param>
/// <param name="Subscription">The subscriber's name.</param>
/// <param name="Change">What is told.</param>
/// <param name="At">When the change was seen.</param>
/// <param name="Attempts">How often posting failed so far.</param>
/// <param name="NotBefore">When it is tried again.</param>
/// <param name="Problem">Why it failed last; empty before the first try.</param>
internal sealed record Delivery(
    string Id, string Subscription, RateChange Change, DateTimeOffset At, int Attempts, DateTimeOffset NotBefore, string Problem);

/// <summary>What was last seen of a provider, to tell the next change by.</summary>
/// <param name="Version">The version of its sheet; 0 for none.</param>
/// <param name="IsStale">True when a publication was missed.</param>
/// <param name="Failures">Failed fetches since the last success.</param>
internal sealed record SeenProvider(long Version, bool IsStale, int Failures);

/// <summary>What workers remember about changes between looks. One document of the store.</summary>
internal sealed record DeliveryMemory
{
    /// <summary>What was last seen of each provider, by key.</summary>
    public IReadOnlyDictionary<string, SeenProvider> Seen { get; init => field = value ?? new Dictionary<string, SeenProvider>(); } =
        new Dictionary<string, SeenProvider>();

    /// <summary>Changes that are still to be posted, oldest first.</summary>
    public IReadOnlyList<Delivery> Outbox { get; init => field = value ?? []; } = [];

    /// <summary>The last changes that were given up, oldest first: the dead letters.</summary>
    public IReadOnlyList<Delivery> Dead { get; init => field = value ?? []; } = [];
}

/// <summary>JSON metadata of changes as they are stored and posted.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DeliveryMemory))]
[JsonSerializable(typeof(RateChange))]
internal sealed partial class DeliveryJson : JsonSerializerContext;
