using System.Text;
using Rates.Core;

namespace Rates.Store;

/// <summary>Combines an imported day of history with what is already stored of the same day.</summary>
internal static class HistoryCombination
{
    /// <summary>Reads an archived day.</summary>
    /// <exception cref="FormatException">It is not the stored form of a day, or has a figure that is no rate.</exception>
    public static HistoryDay Parse(string provider, ArchivedDay archived)
    {
        try
        {
            var json = Encoding.UTF8.GetBytes(archived.Json);
            var day = HistoryDay.Parse(json) ?? throw new FormatException("it is not the stored form of a day");
            foreach (var one in (day.Revisions ?? []).Prepend(day))
            {
                if (one.FetchedAt == default || one.Figures is null)
                {
                    throw new FormatException("it does not tell when it was fetched, or has no figures");
                }

                var figures = HistoryDay.Read(provider, archived.Day, Encoding.UTF8.GetBytes(one.ToJson())).Figures;
                if (figures.Any(figure => figure.Rate <= 0))
                {
                    throw new FormatException($"it has {figures.First(figure => figure.Rate <= 0)}, which is no rate");
                }
            }

            return day;
        }
        catch (CorruptSheetException unreadable)
        {
            throw new FormatException(unreadable.Message, unreadable);
        }
    }

    /// <summary>The day that holds both; null when that is what is stored already.</summary>
    public static HistoryDay? Of(string provider, DateOnly day, HistoryDay? stored, HistoryDay archived)
    {
        if (stored is null)
        {
            return archived;
        }

        var (earlier, later) = archived.FetchedAt > stored.FetchedAt ? (stored, archived) : (archived, stored);

        // A revision of that time says that the later one was made from the earlier one: nothing of it is missing there.
        var isDescendant = earlier.FetchedAt == later.FetchedAt || Revisions(later).Any(one => one.FetchedAt == earlier.FetchedAt);
        var laid = isDescendant
            ? later
            : HistoryDay.Merge(earlier, HistoryDay.Read(provider, day, Encoding.UTF8.GetBytes(later.ToJson())).Figures, later.FetchedAt)
                ?? earlier with { FetchedAt = later.FetchedAt };
        laid = laid with { Unconfirmed = StillUnconfirmed(laid, later) };
        HistoryDay[] revisions =
        [
            .. Revisions(laid).Concat(Revisions(later)).Concat(Revisions(earlier))
                .DistinctBy(revision => revision.ToJson())
                .OrderByDescending(revision => revision.FetchedAt)
                .Take(HistoryDay.MaxRevisions),
        ];
        var combined = laid with { Revisions = revisions };
        return combined.ToJson() == stored.ToJson() ? null : combined;
    }

    // A mark goes for good: what the later one has without a mark, with the same rate, was confirmed.
    private static SortedDictionary<RateKind, SortedSet<string>>? StillUnconfirmed(HistoryDay laid, HistoryDay later)
    {
        SortedDictionary<RateKind, SortedSet<string>> marks = [];
        foreach (var (kind, pairs) in laid.Unconfirmed ?? [])
        {
            var left = pairs.Where(pair => later.Unconfirmed?.GetValueOrDefault(kind)?.Contains(pair) == true
                || later.Figures.GetValueOrDefault(kind)?.ContainsKey(pair) != true);
            if (new SortedSet<string>(left, StringComparer.Ordinal) is { Count: > 0 } some)
            {
                marks[kind] = some;
            }
        }

        return marks.Count > 0 ? marks : null;
    }

    private static IReadOnlyList<HistoryDay> Revisions(HistoryDay day) => day.Revisions ?? [];
}
