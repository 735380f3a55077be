using System.Collections.Concurrent;
using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Finds the first and the last day of each currency of a provider in the stored days. That reads all of its years, so that the result is
/// kept until the provider has a new sheet or a new revision of its history (for a minute where the store has no revision), and only one
/// provider is read at a time.
/// </summary>
internal sealed class CurrencyDays(ProviderDayReader stored, HistoryYearCache years, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _oneAtATime = new(1);

    /// <summary>Every currency with its days, in alphabetical order; null when the store does not answer or a day cannot be read.</summary>
    public async Task<IReadOnlyList<CurrencyDaysView>?> ReadAsync(ProviderEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            // Read before the days, so that a change between the two is read again rather than missed.
            var version = await years.VersionAsync(entry, cancellationToken);
            if (Find(entry.Key, version) is { } known)
            {
                return known;
            }

            await _oneAtATime.WaitAsync(cancellationToken);
            try
            {
                if (Find(entry.Key, version) is { } read)
                {
                    return read;
                }

                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                var days = await ScanAsync(entry, cancellationToken);
                _kept[entry.Key] = new(version, time.GetUtcNow(), days);
                return days;
            }
            finally
            {
                _oneAtATime.Release();
            }
        }
        catch (Exception failure) when (failure is StoreUnavailableException or CorruptSheetException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _oneAtATime.Dispose();

    private IReadOnlyList<CurrencyDaysView>? Find(string provider, HistoryVersion version) =>
        _kept.GetValueOrDefault(provider) is { } kept && kept.Version.IsUsable(version, kept.MadeAt, time.GetUtcNow())
            ? kept.Days
            : null;

    private async Task<IReadOnlyList<CurrencyDaysView>> ScanAsync(ProviderEntry entry, CancellationToken cancellationToken)
    {
        var days = new SortedDictionary<Currency, (DateOnly First, DateOnly Last)>();
        var profile = entry.Stored.Profile;
        var last = profile.HistoryUntil ?? time.UtcToday().AddDays(RatesLimits.LookAheadDays);
        for (var year = profile.HistoryFrom?.Year ?? FacadeRates.EarliestYear; year <= last.Year; year++)
        {
            // Not through the years in memory: a look at all years of one provider would push out those that are asked for.
            foreach (var day in await stored.ReadAsync(entry, new(year, 1, 1), new(year, 12, 31), cancellationToken))
            {
                foreach (var currency in day.Figures.SelectMany(figure => new[] { figure.Pair.Base, figure.Pair.Quote }).Distinct())
                {
                    days[currency] = (days.TryGetValue(currency, out var known) ? known.First : day.Day, day.Day);
                }
            }
        }

        return [.. days.Select(one => new CurrencyDaysView(one.Key.Code, one.Value.First.ToText(), one.Value.Last.ToText()))];
    }

    /// <summary>The days that were found, with what they were found in.</summary>
    private sealed record Kept(HistoryVersion Version, DateTimeOffset MadeAt, IReadOnlyList<CurrencyDaysView> Days);
}
