using System.Globalization;
using System.Text.Json.Serialization;
using Rates.Core;

namespace Rates.Worker;

/// <summary>The states of a provider that alerts tell about, such as stale.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AlertState>))]
internal enum AlertState
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

/// <summary>Decides which state a provider is in for alerts, and writes it as text.</summary>
internal static class AlertStates
{
    private const int Persistent = 3;

    /// <summary>The state of a provider; the worst where several hold.</summary>
    public static AlertState Of(ProviderState provider) => provider switch
    {
        { Status: StalenessStatus.Frozen } => AlertState.Frozen,
        { Status: StalenessStatus.Stale } => AlertState.Stale,
        { Status: StalenessStatus.Missing, Health.Failures: >= Persistent } => AlertState.Missing,
        { Health.Quarantined: > 0 } => AlertState.Quarantined,
        _ => AlertState.Well,
    };

    /// <summary>What a message says about a provider, without its name.</summary>
    public static string Text(AlertState state, ProviderState provider)
    {
        var reason = provider.Health switch
        {
            { Reason.Length: > 0 } health => $": {health.Reason}",
            { FirstRefusedRows: [var row, ..] } when state == AlertState.Quarantined => $": {row}",
            _ => "",
        };
        var day = provider.AsOf is { } asOf ? $"newest day {IsoText.Of(asOf)}" : "no rates";
        return state switch
        {
            AlertState.Well => $"is well again, {day}",
            AlertState.Quarantined => $"figures were refused, {day}{reason}",
            AlertState.Missing => $"no rates yet{reason}",
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"{provider.Missed} {(provider.Missed == 1 ? "publication" : "publications")} missed, {day}{reason}"),
        };
    }
}
