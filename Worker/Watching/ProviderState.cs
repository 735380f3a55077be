using Rates.Core;
using Rates.Store;

namespace Rates.Worker;

/// <summary>The state of one provider at one time (newest day, age, missed publications, health), as metrics and alerts use it.</summary>
/// <param name="Key">The provider's key.</param>
/// <param name="Name">The institution's name.</param>
/// <param name="AsOf">The newest day of the rates that are answered; null when there are none.</param>
/// <param name="Version">The version of its sheet; 0 when it was never fetched.</param>
/// <param name="Status">How current the rates that are answered are by its publication calendar.</param>
/// <param name="Missed">Publications that were due and are newer than these rates.</param>
/// <param name="Health">How the last fetches went.</param>
/// <param name="Quarantined">Refused sheets that wait for a decision.</param>
/// <param name="StoredAt">
/// When the stored days that are answered in place of a sheet were fetched; null where there is a sheet, and where no such days are stored.
/// </param>
internal sealed record ProviderState(
    string Key, string Name, DateOnly? AsOf, long Version, StalenessStatus Status, int Missed, ProviderHealth Health, int Quarantined,
    DateTimeOffset? StoredAt)
{
    /// <summary>The state of a provider at <paramref name="now"/>.</summary>
    /// <param name="stored">Its profile, schedule and health.</param>
    /// <param name="sheet">The version of its sheet; null when it has none.</param>
    /// <param name="unfetched">Without a sheet, the newest day of the rates that are answered instead; null for none.</param>
    /// <param name="quarantined">Refused sheets that wait for a decision.</param>
    /// <param name="now">The instant.</param>
    public static ProviderState Of(
        StoredProvider stored, SheetVersion? sheet, UnfetchedDay? unfetched, int quarantined, DateTimeOffset now)
    {
        var profile = stored.Profile;
        var asOf = sheet?.AsOf ?? unfetched?.AsOf;
        var status = Staleness.Of(asOf, profile, now);
        var missed = asOf is { } day && status is StalenessStatus.Stale or StalenessStatus.Frozen
            ? Staleness.Missed(day, profile.Calendar, now)
            : 0;
        return new(
            profile.Key, profile.Name, asOf, sheet?.Version ?? 0, status, missed, stored.Health, quarantined,
            sheet is null ? unfetched?.StoredAt : null);
    }
}
