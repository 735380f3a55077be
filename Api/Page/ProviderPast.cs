using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>How complete and how steady the last months of a provider's stored days are.</summary>
/// <param name="Days">The days with figures.</param>
/// <param name="Missed">The publications that were due and are not stored, newest first.</param>
/// <param name="Corrected">The days whose figures were corrected later, newest first.</param>
internal sealed record ProviderPast(int Days, IReadOnlyList<DateOnly> Missed, IReadOnlyList<DateOnly> Corrected)
{
    /// <summary>How many days it looks back.</summary>
    public const int Span = 90;

    /// <summary>Reads it; null when the store does not answer or a day cannot be read.</summary>
    public static async Task<ProviderPast?> ReadAsync(
        ProviderDayReader stored, ProviderEntry entry, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var today = DateOnly.FromDateTime(now.UtcDateTime);
            var days = await stored.ReadAsync(entry, today.DaysBefore(Span), today, cancellationToken);
            return new(
                days.Count,
                PublicationGaps.Of([.. days.Select(day => day.Day)], entry.Stored.Profile.Calendar, now),
                [.. days.Where(day => day.Revisions.Any(change => change.Replaced.Count > 0)).Select(day => day.Day).Reverse()]);
        }
        catch (Exception failure) when (failure is StoreUnavailableException or CorruptSheetException)
        {
            return null;
        }
    }
}
