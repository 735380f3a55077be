using Rates.Core;
using Rates.Store;

namespace Rates.Worker;

/// <summary>The state of one provider at one time (newest day, age, missed publications, health), as metrics and alerts use it.</summary>
/// <param name="Key">The provider's key.</param>
/// <param name="Name">The institution's name.</param>
/// <param name="AsOf">The newest day of its sheet; null when it has none.</param>
/// <param name="Version">The version of its sheet; 0 when it has none.</param>
/// <param name="Status">How current the sheet is by its publication calendar.</param>
/// <param name="Missed">Publications that were due and are newer than the sheet.</param>
/// <param name="Health">How the last fetches went.</param>
/// <param name="Quarantined">Refused sheets that wait for a decision.</param>
internal sealed record ProviderState(
    string Key, string Name, DateOnly? AsOf, long Version, StalenessStatus Status, int Missed, ProviderHealth Health, int Quarantined)
{
    /// <summary>The state of a provider at <paramref name="now"/>.</summary>
    public static ProviderState Of(StoredProvider stored, SheetVersion? sheet, int quarantined, DateTimeOffset now)
    {
        var profile = stored.Profile;
        var status = Staleness.Of(sheet?.AsOf, profile, now);
        var missed = sheet is { } known && status is StalenessStatus.Stale or StalenessStatus.Frozen
            ? Staleness.Missed(known.AsOf, profile.Calendar, now)
            : 0;
        return new(profile.Key, profile.Name, sheet?.AsOf, sheet?.Version ?? 0, status, missed, stored.Health, quarantined);
    }
}
