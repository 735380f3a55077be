using System.Globalization;
using System.Text.Json.Serialization;
using Rates.Core;

namespace Rates.Worker;

/// <summary>How a provider is doing, as alerts tell it: well, its newest document refused, never fetched, stale or frozen.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ProviderCondition>))]
internal enum ProviderCondition
{
    /// <summary>Nothing is wrong, or wrong long enough to be told.</summary>
    [JsonStringEnumMemberName("well")] Well,

    /// <summary>All or some figures of the newest document were refused; what was published before of them stays in use.</summary>
    [JsonStringEnumMemberName("quarantined")] Quarantined,

    /// <summary>There has never been a sheet, and three fetches in a row failed.</summary>
    [JsonStringEnumMemberName("missing")] Missing,

    /// <summary>One to four publications were missed.</summary>
    [JsonStringEnumMemberName("stale")] Stale,

    /// <summary>Five or more publications were missed.</summary>
    [JsonStringEnumMemberName("frozen")] Frozen,
}

/// <summary>Decides how a provider is doing, for alerts, and says it in words.</summary>
internal static class ProviderConditions
{
    private const int Persistent = 3;

    /// <summary>The state of a provider; the worst where several hold.</summary>
    public static ProviderCondition Of(ProviderState provider) => provider switch
    {
        // Before the first fetch the age of other rates says nothing of how fetching goes.
        { Version: 0, Status: not StalenessStatus.Retired, Health.Failures: >= Persistent } => ProviderCondition.Missing,
        { Version: > 0, Status: StalenessStatus.Frozen } => ProviderCondition.Frozen,
        { Version: > 0, Status: StalenessStatus.Stale } => ProviderCondition.Stale,
        { Health.Quarantined: > 0 } => ProviderCondition.Quarantined,
        _ => ProviderCondition.Well,
    };

    /// <summary>What a message says about a provider, without its name.</summary>
    public static string Text(ProviderCondition state, ProviderState provider)
    {
        var reason = provider.Health switch
        {
            { Reason.Length: > 0 } health => $": {health.Reason}",
            { FirstRefusedRows: [var row, ..] } when state == ProviderCondition.Quarantined => $": {row}",
            _ => "",
        };
        var day = provider.AsOf is { } asOf ? $"newest day {IsoText.Of(asOf)}" : "no rates";
        return state switch
        {
            ProviderCondition.Well => $"is well again, {day}",
            ProviderCondition.Quarantined => $"figures were refused, {day}{reason}",
            ProviderCondition.Missing => provider.AsOf is null ? $"no rates yet{reason}" : $"never fetched, {day}{reason}",
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"{provider.Missed} {(provider.Missed == 1 ? "publication" : "publications")} missed, {day}{reason}"),
        };
    }
}
