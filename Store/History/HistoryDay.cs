using System.Text.Json;
using System.Text.Json.Serialization;
using Rates.Core;

namespace Rates.Store;

/// <summary>
/// One day of a provider's history, with the rates that corrections replaced. <see cref="DayForm"/> stores it; in archives, and in stores
/// of releases up to 0.2, it is JSON:
/// <c>{"fetchedAt":…,"figures":{"reference":{"EUR/USD":1.1730}},"unconfirmed":{"reference":["EUR/USD"]},
/// "revisions":[{"fetchedAt":…,"figures":{…}}]}</c>.
/// </summary>
/// <param name="FetchedAt">When a rate of the day was last changed, added or confirmed, UTC.</param>
/// <param name="Figures">Kind to pair to figure.</param>
/// <param name="Revisions">
/// What each change replaced, newest change first, with when the day had been changed before; null in a revision itself.
/// </param>
internal sealed record HistoryDay(
    DateTimeOffset FetchedAt,
    SortedDictionary<RateKind, SortedDictionary<string, HistoryFigure>> Figures, IReadOnlyList<HistoryDay>? Revisions)
{
    // A live source replaces its figures all day; what matters later is that and how a fixing was corrected.
    internal const int MaxRevisions = 5;

    /// <summary>
    /// Of a revision: the pairs of each kind that the change added, so that they were not known before it; null for none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SortedDictionary<RateKind, SortedSet<string>>? Added { get; init; }

    /// <summary>
    /// The pairs of each kind that nobody has confirmed; null for none. Of a revision: those that were unconfirmed before the change.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SortedDictionary<RateKind, SortedSet<string>>? Unconfirmed { get; init; }

    /// <summary>
    /// The day with <paramref name="published"/> laid over it: figures it does not name stay, figures it changes become a
    /// revision, which also names the pairs that are new. New and changed figures have the marks of <paramref name="published"/>. Null
    /// when that changes nothing.
    /// </summary>
    public static HistoryDay? Merge(HistoryDay? stored, IEnumerable<Observation> published, DateTimeOffset fetchedAt)
    {
        SortedDictionary<RateKind, SortedDictionary<string, HistoryFigure>> figures = [];
        foreach (var (kind, pairs) in stored?.Figures ?? figures)
        {
            figures[kind] = new(pairs, StringComparer.Ordinal);
        }

        var changed = false;
        SortedDictionary<RateKind, SortedDictionary<string, HistoryFigure>> replaced = [];
        SortedDictionary<RateKind, SortedSet<string>> added = [];
        var marks = Copy(stored?.Unconfirmed);
        foreach (var observation in published)
        {
            var pair = observation.Pair.ToString();
            var figure = new HistoryFigure(observation.Rate, observation.At);
            if (Of(figures, observation.Kind).TryGetValue(pair, out var before))
            {
                if (before == figure)
                {
                    continue;
                }

                if (before.Rate != figure.Rate)
                {
                    Of(replaced, observation.Kind).TryAdd(pair, before);
                    Mark(marks, observation);
                }
            }
            else
            {
                Of(added, observation.Kind).Add(pair);
                Mark(marks, observation);
            }

            figures[observation.Kind][pair] = figure;
            changed = true;
        }

        if (!changed)
        {
            return null;
        }

        // Where only the instants of figures changed, what is known of the day stays the same.
        var isRevision = stored is not null && replaced.Count + added.Count > 0;
        HistoryDay[] revision = isRevision
            ? [new(stored!.FetchedAt, replaced, null) { Added = added.Count > 0 ? added : null, Unconfirmed = stored.Unconfirmed }]
            : [];
        HistoryDay[] revisions = [.. revision.Concat(stored?.Revisions ?? []).Take(MaxRevisions)];
        return new(stored is null || isRevision ? fetchedAt.ToUniversalTime() : stored.FetchedAt, figures, revisions)
        {
            Unconfirmed = NullIfEmpty(marks),
        };
    }

    /// <summary>
    /// The day without the marks of those figures that equal one of <paramref name="confirmed"/>, with a revision that has the marks. Null
    /// when that changes nothing.
    /// </summary>
    public static HistoryDay? Confirm(HistoryDay? stored, IEnumerable<Observation> confirmed, DateTimeOffset at)
    {
        if (stored?.Unconfirmed is null)
        {
            return null;
        }

        var marks = Copy(stored.Unconfirmed);
        var changed = false;
        foreach (var figure in confirmed)
        {
            var pair = figure.Pair.ToString();
            if (stored.Figures.TryGetValue(figure.Kind, out var pairs) && pairs.TryGetValue(pair, out var same) && same.Rate == figure.Rate
                && marks.TryGetValue(figure.Kind, out var marked))
            {
                changed |= marked.Remove(pair);
            }
        }

        return changed
            ? stored with
            {
                FetchedAt = at.ToUniversalTime(),
                Unconfirmed = NullIfEmpty(marks),
                Revisions = [.. (stored.Revisions ?? []).Prepend(new(stored.FetchedAt, [], null) { Unconfirmed = stored.Unconfirmed })
                    .Take(MaxRevisions)],
            }
            : null;
    }

    /// <summary>Reads a day that is stored as JSON.</summary>
    /// <exception cref="CorruptSheetException">It is not the stored form of a day.</exception>
    public static StoredDay Read(string provider, DateOnly day, ReadOnlySpan<byte> json)
    {
        var stored = Parse(json) ?? throw DayForm.Unreadable(provider, day);
        return new(day, stored.FetchedAt, Observations(day, stored.Figures, stored.Unconfirmed))
        {
            Revisions =
            [
                .. (stored.Revisions ?? []).Select(revision => new StoredRevision(
                    revision.FetchedAt,
                    Observations(day, revision.Figures, revision.Unconfirmed),
                    Pairs(revision.Added))
                {
                    Unconfirmed = Pairs(revision.Unconfirmed),
                }),
            ],
        };
    }

    /// <summary>The day as it was read.</summary>
    public static HistoryDay Of(StoredDay day) => new(day.FetchedAt, KindsOf(day.Figures), [.. day.Revisions.Select(Of)])
    {
        Unconfirmed = KindsOf(day.Figures.Where(figure => figure.IsUnconfirmed).Select(figure => (figure.Pair, figure.Kind))),
    };

    /// <summary>The day as JSON, as archives hold it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, StoreFormat.Json.HistoryDay);

    /// <summary>Reads a day from JSON; null when it is none.</summary>
    public static HistoryDay? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var day = JsonSerializer.Deserialize(json, StoreFormat.Json.HistoryDay);
            return day is not null && day.IsWhole && (day.Revisions ?? []).All(revision => revision.IsWhole) ? day : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // JSON that was written by hand may lack a member, or name what is no pair.
    private bool IsWhole => Figures is not null
        && Figures.Values.All(pairs => pairs.Keys.All(pair => CurrencyPair.TryParse(pair, out _)))
        && (Added ?? []).Concat(Unconfirmed ?? []).All(kind => kind.Value.All(pair => CurrencyPair.TryParse(pair, out _)));

    private static IReadOnlyList<Observation> Observations(
        DateOnly day, SortedDictionary<RateKind, SortedDictionary<string, HistoryFigure>> figures,
        SortedDictionary<RateKind, SortedSet<string>>? unconfirmed) =>
        [
            .. from kind in figures
               let marks = unconfirmed?.GetValueOrDefault(kind.Key)
               from figure in kind.Value
               select new Observation(day, CurrencyPair.Parse(figure.Key), figure.Value.Rate, kind.Key)
               {
                   At = figure.Value.At,
                   IsUnconfirmed = marks?.Contains(figure.Key) ?? false,
               },
        ];

    private static IReadOnlyList<(CurrencyPair Pair, RateKind Kind)> Pairs(SortedDictionary<RateKind, SortedSet<string>>? kinds) =>
        [.. from kind in kinds ?? [] from pair in kind.Value select (CurrencyPair.Parse(pair), kind.Key)];

    private static HistoryDay Of(StoredRevision revision) => new(revision.FetchedAt, KindsOf(revision.Replaced), null)
    {
        Added = KindsOf(revision.Added),
        Unconfirmed = KindsOf(revision.Unconfirmed),
    };

    private static SortedDictionary<RateKind, SortedDictionary<string, HistoryFigure>> KindsOf(IEnumerable<Observation> figures)
    {
        SortedDictionary<RateKind, SortedDictionary<string, HistoryFigure>> kinds = [];
        foreach (var figure in figures)
        {
            Of(kinds, figure.Kind)[figure.Pair.ToString()] = new(figure.Rate, figure.At);
        }

        return kinds;
    }

    private static SortedDictionary<RateKind, SortedSet<string>>? KindsOf(IEnumerable<(CurrencyPair Pair, RateKind Kind)> pairs)
    {
        SortedDictionary<RateKind, SortedSet<string>> kinds = [];
        foreach (var (pair, kind) in pairs)
        {
            Of(kinds, kind).Add(pair.ToString());
        }

        return NullIfEmpty(kinds);
    }

    private static void Mark(SortedDictionary<RateKind, SortedSet<string>> marks, Observation figure)
    {
        if (figure.IsUnconfirmed)
        {
            Of(marks, figure.Kind).Add(figure.Pair.ToString());
        }
        else if (marks.TryGetValue(figure.Kind, out var pairs))
        {
            pairs.Remove(figure.Pair.ToString());
        }
    }

    private static SortedDictionary<RateKind, SortedSet<string>> Copy(SortedDictionary<RateKind, SortedSet<string>>? kinds)
    {
        SortedDictionary<RateKind, SortedSet<string>> copy = [];
        foreach (var (kind, pairs) in kinds ?? [])
        {
            copy[kind] = new(pairs ?? [], StringComparer.Ordinal);
        }

        return copy;
    }

    private static SortedDictionary<RateKind, SortedSet<string>>? NullIfEmpty(SortedDictionary<RateKind, SortedSet<string>> kinds)
    {
        foreach (var kind in kinds.Where(kind => kind.Value.Count == 0).Select(kind => kind.Key).ToList())
        {
            kinds.Remove(kind);
        }

        return kinds.Count > 0 ? kinds : null;
    }

    private static SortedSet<string> Of(SortedDictionary<RateKind, SortedSet<string>> kinds, RateKind kind) =>
        kinds.TryGetValue(kind, out var pairs) ? pairs : kinds[kind] = new(StringComparer.Ordinal);

    private static SortedDictionary<string, HistoryFigure> Of(
        SortedDictionary<RateKind, SortedDictionary<string, HistoryFigure>> figures, RateKind kind)
    {
        if (!figures.TryGetValue(kind, out var pairs))
        {
            figures[kind] = pairs = new(StringComparer.Ordinal);
        }

        return pairs;
    }
}
