using System.Text.Json;
using System.Text.Json.Serialization;
using Rates.Core;

namespace Rates.Store;

/// <summary>
/// One day of a provider's history in its stored form, with the rates that corrections replaced:
/// <c>{"fetchedAt":…,"figures":{"reference":{"EUR/USD":1.1730}},"revisions":[{"fetchedAt":…,"figures":{…}}]}</c>.
/// </summary>
/// <param name="FetchedAt">When a rate of the day was last changed or added, UTC.</param>
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
    /// The day with <paramref name="published"/> laid over it: figures it does not name stay, figures it changes become a
    /// revision, which also names the pairs that are new. Null when that changes nothing.
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
                }
            }
            else
            {
                (added.TryGetValue(observation.Kind, out var pairs) ? pairs : added[observation.Kind] = new(StringComparer.Ordinal))
                    .Add(pair);
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
            ? [new(stored!.FetchedAt, replaced, null) { Added = added.Count > 0 ? added : null }]
            : [];
        HistoryDay[] revisions = [.. revision.Concat(stored?.Revisions ?? []).Take(MaxRevisions)];
        return new(stored is null || isRevision ? fetchedAt.ToUniversalTime() : stored.FetchedAt, figures, revisions);
    }

    /// <summary>Reads a stored day.</summary>
    /// <exception cref="CorruptSheetException">It is not the stored form of a day.</exception>
    public static StoredDay Read(string provider, DateOnly day, ReadOnlySpan<byte> json)
    {
        var stored = Parse(json) ?? throw new CorruptSheetException(provider, $"the history of {day:yyyy-MM-dd} is not readable");
        return new(day, stored.FetchedAt, Observations(day, stored.Figures))
        {
            Revisions =
            [
                .. (stored.Revisions ?? []).Select(revision => new StoredRevision(
                    revision.FetchedAt,
                    Observations(day, revision.Figures),
                    [
                        .. from kind in revision.Added ?? []
                           from pair in kind.Value
                           select (CurrencyPair.Parse(pair), kind.Key),
                    ])),
            ],
        };
    }

    /// <summary>The stored form.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, StoreFormat.Json.HistoryDay);

    /// <summary>Reads the stored form; null when it is none.</summary>
    public static HistoryDay? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, StoreFormat.Json.HistoryDay);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IReadOnlyList<Observation> Observations(
        DateOnly day, SortedDictionary<RateKind, SortedDictionary<string, HistoryFigure>> figures) =>
        [
            .. from kind in figures
               from figure in kind.Value
               select new Observation(day, CurrencyPair.Parse(figure.Key), figure.Value.Rate, kind.Key) { At = figure.Value.At },
        ];

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

/// <summary>A rate of a past day as it is stored: a number, or <c>[number, instant]</c> where the source gave the instant.</summary>
[JsonConverter(typeof(HistoryFigureJson))]
internal readonly record struct HistoryFigure(decimal Rate, DateTimeOffset? At)
{
    /// <summary>Writes and reads a stored rate as JSON.</summary>
    internal sealed class HistoryFigureJson : JsonConverter<HistoryFigure>
    {
        public override HistoryFigure Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.Number)
            {
                return new(reader.GetDecimal(), null);
            }

            if (reader.TokenType == JsonTokenType.StartArray && reader.Read() && reader.TokenType == JsonTokenType.Number
                && reader.TryGetDecimal(out var rate) && reader.Read() && reader.TokenType == JsonTokenType.String
                && reader.TryGetDateTimeOffset(out var at) && reader.Read() && reader.TokenType == JsonTokenType.EndArray)
            {
                return new(rate, at);
            }

            throw new JsonException("not a figure");
        }

        public override void Write(Utf8JsonWriter writer, HistoryFigure value, JsonSerializerOptions options)
        {
            if (value.At is not { } at)
            {
                writer.WriteNumberValue(value.Rate);
                return;
            }

            writer.WriteStartArray();
            writer.WriteNumberValue(value.Rate);
            writer.WriteStringValue(at);
            writer.WriteEndArray();
        }
    }
}
