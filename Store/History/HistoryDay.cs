using System.Text.Json;
using System.Text.Json.Serialization;
using Rates.Core;

namespace Rates.Store;

/// <summary>
/// One stored day of a provider's history:
/// <c>{"fetchedAt":…,"figures":{"reference":{"EUR/USD":1.1730}},"revisions":[{"fetchedAt":…,"figures":{…}}]}</c>.
/// </summary>
/// <param name="FetchedAt">When the figures were last changed, UTC.</param>
/// <param name="Figures">Kind to pair to figure.</param>
/// <param name="Revisions">Figures that were replaced, newest replacement first, each with when it had been fetched.</param>
internal sealed record HistoryDay(
    DateTimeOffset FetchedAt,
    SortedDictionary<RateKind, SortedDictionary<string, HistoryFigure>> Figures, IReadOnlyList<HistoryDay>? Revisions)
{
    // A live source replaces its figures all day; what matters later is that and how a fixing was corrected.
    private const int MaxRevisions = 5;

    /// <summary>
    /// The day with <paramref name="published"/> laid over it: figures it does not name stay, figures it changes become a
    /// revision. Null when that changes nothing.
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

            figures[observation.Kind][pair] = figure;
            changed = true;
        }

        HistoryDay[] revision = replaced.Count > 0 ? [new(stored!.FetchedAt, replaced, null)] : [];
        HistoryDay[] revisions = [.. revision.Concat(stored?.Revisions ?? []).Take(MaxRevisions)];
        return changed ? new(fetchedAt.ToUniversalTime(), figures, revisions) : null;
    }

    /// <summary>Reads a stored day.</summary>
    /// <exception cref="CorruptSheetException">It is not the stored form of a day.</exception>
    public static StoredDay Read(string provider, DateOnly day, ReadOnlySpan<byte> json)
    {
        var stored = Parse(json) ?? throw new CorruptSheetException(provider, $"the history of {day:yyyy-MM-dd} is not readable");
        return new(
            day,
            stored.FetchedAt,
            [
                .. from kind in stored.Figures
                   from figure in kind.Value
                   select new Observation(day, CurrencyPair.Parse(figure.Key), figure.Value.Rate, kind.Key) { At = figure.Value.At },
            ]);
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

/// <summary>A stored figure: a number, or <c>[number, instant]</c> where the source gave the instant.</summary>
[JsonConverter(typeof(HistoryFigureJson))]
internal readonly record struct HistoryFigure(decimal Rate, DateTimeOffset? At)
{
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
