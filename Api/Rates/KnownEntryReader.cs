using Rates.Core;

namespace Rates.Api;

/// <summary>Finds the entry that a provider had at an instant: with the latest rates that were known then.</summary>
internal sealed class KnownEntryReader(ProviderDayReader days, TimeProvider time)
{
    // How far before the instant the rates may be; a provider that was fetched for the last time longer before it has none.
    private const int MostDays = 400;

    /// <summary>
    /// The entry with the latest rates that were known at an instant, and with their age at present, or at the instant where that is today.
    /// </summary>
    /// <param name="entry">The provider in the book.</param>
    /// <param name="knownAt">The instant, which is included; null for now.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The entry itself where its rates and its status were the same then.</returns>
    /// <exception cref="Rates.Store.StoreUnavailableException">The store did not answer within its deadline.</exception>
    public async Task<ProviderEntry> ReadAsync(ProviderEntry entry, DateTimeOffset? knownAt, CancellationToken cancellationToken)
    {
        if (knownAt is not { } instant)
        {
            return entry;
        }

        var now = time.GetUtcNow();
        var at = instant < now && PastDay.IsDayOf(DateOnly.FromDateTime(now.UtcDateTime), instant, entry.Stored.Profile) ? instant : now;
        if (IsCertain(entry, instant))
        {
            return Measured(entry, at);
        }

        if (await SheetAsync(entry, instant, now, cancellationToken) is not { } sheet)
        {
            return entry.On(null, null, null, at, $"nothing is stored that was known at {instant.ToText()}");
        }

        return entry.Sheet is { } latest && latest.Seeded == sheet.Seeded && SheetMerge.SameFigures(latest, sheet)
            ? Measured(entry, at)
            : entry.On(new(CrossRates.Of(sheet.Observations, entry.Stored.Profile.Pivot)), sheet, sheet.FetchedAt, at, "");
    }

    // The entry itself where its status was the same then.
    private static ProviderEntry Measured(ProviderEntry entry, DateTimeOffset at) =>
        entry.Sheet is not { } sheet || Staleness.Of(sheet.AsOf, entry.Stored.Profile, at) is var status && status == entry.Status
            ? entry
            : entry.On(entry.Rates, sheet, entry.ModifiedAt, at, EntryReasons.Of(entry.Stored, sheet, status, entry.StoreFault));

    // A sheet that was fetched may have been confirmed after the instant, which changes its marks and not the time of its fetch.
    private static bool IsCertain(ProviderEntry entry, DateTimeOffset instant) => entry.Sheet switch
    {
        // What is stored of a provider without a latest sheet is none's latest either.
        null => true,
        { Seeded: true } shipped => SourceDay.EndOf(entry.Stored.Profile, shipped.AsOf) <= instant,
        var sheet => sheet.CheckedAt <= instant,
    };

    private async Task<RateSheet?> SheetAsync(
        ProviderEntry entry, DateTimeOffset instant, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var profile = entry.Stored.Profile;
        var last = DateOnly.FromDateTime((instant < now ? instant : now).UtcDateTime).AddDays(RatesLimits.LookAheadDays);

        // So many that the newest day has all the days before it that a sheet of it has.
        var back = RatesLimits.LookBackDays(profile);
        var first = last.DaysBefore(RatesLimits.LookAheadDays).DaysBefore(back).DaysBefore(back);
        var read = await days.ReadAsync(entry, first, last, instant, cancellationToken);
        if (read.Count == 0 && first > DateOnly.MinValue)
        {
            read = await days.ReadAsync(entry, first.DaysBefore(MostDays), first.AddDays(-1), instant, cancellationToken);
        }

        var figures = SheetMerge.InUse([.. read.SelectMany(day => day.Figures)], profile.Calendar.Cadence);
        if (figures.Count == 0)
        {
            return null;
        }

        var used = figures.Select(figure => figure.AsOf).ToHashSet();
        var fetchedAt = read.Where(day => used.Contains(day.Day)).Max(day => day.FetchedAt);
        return new()
        {
            Provider = entry.Key,
            AsOf = used.Max(),
            FetchedAt = fetchedAt,
            CheckedAt = fetchedAt,
            Seeded = read.Any(day => day.IsShipped && used.Contains(day.Day)),
            Observations = figures,
        };
    }
}
