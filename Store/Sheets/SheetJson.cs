using System.Text.Json;
using Rates.Core;

namespace Rates.Store;

/// <summary>Reads the stored JSON of a provider's latest rates.</summary>
internal static class SheetJson
{
    private static readonly StoredObject<FigureParts> Figure = new(
        () => new(), 4,
        ("asOf", (ref json, parts) => parts.With(parts.Figure with { AsOf = StoredValue.Day(ref json) })),
        ("pair", (ref json, parts) => parts.With(parts.Figure with { Pair = StoredValue.Pair(ref json) })),
        ("rate", (ref json, parts) => parts.With(parts.Figure with { Rate = json.GetDecimal() })),
        ("kind", (ref json, parts) => parts.With(parts.Figure with { Kind = StoredValue.Kind(ref json) })),
        ("at", (ref json, parts) => parts.With(parts.Figure with { At = StoredValue.InstantOrNull(ref json) })),
        ("unconfirmed", (ref json, parts) => parts.With(parts.Figure with { IsUnconfirmed = json.GetBoolean() })));

    private static readonly StoredObject<Parts> Reader = new(
        () => new(), 5,
        ("provider", (ref json, parts) => parts.With(parts.Sheet with { Provider = StoredValue.Text(ref json) })),
        ("asOf", (ref json, parts) => parts.With(parts.Sheet with { AsOf = StoredValue.Day(ref json) })),
        ("fetchedAt", (ref json, parts) => parts.With(parts.Sheet with { FetchedAt = json.GetDateTimeOffset() })),
        ("checkedAt", (ref json, parts) => parts.With(parts.Sheet with { CheckedAt = json.GetDateTimeOffset() })),
        ("observations", (ref json, parts) => parts.With(parts.Sheet with { Observations = Observations(ref json) })),
        ("publishedAt", (ref json, parts) => parts.With(parts.Sheet with { PublishedAt = StoredValue.InstantOrNull(ref json) })),
        ("nextExpectedAt", (ref json, parts) => parts.With(parts.Sheet with { NextExpectedAt = StoredValue.InstantOrNull(ref json) })),
        ("source", (ref json, parts) => parts.With(parts.Sheet with { Source = json.GetString() })),
        ("revised", (ref json, parts) => parts.With(parts.Sheet with { Revised = json.GetBoolean() })),
        ("seeded", (ref json, parts) => parts.With(parts.Sheet with { Seeded = json.GetBoolean() })),
        ("version", (ref json, parts) => parts.With(parts.Sheet with { Version = json.GetInt64() })),
        ("publishedVersion", (ref json, parts) => parts.PublishUnder(json.GetInt64())),
        ("epoch", (ref json, parts) => parts.With(parts.Sheet with { Epoch = StoredValue.Text(ref json) })),
        ("unconfirmed", (ref json, parts) => parts.Unconfirm(ref json)));

    /// <summary>Reads a whole text.</summary>
    /// <exception cref="JsonException">It is not the JSON of a sheet.</exception>
    public static RateSheet Read(ReadOnlySpan<byte> json)
    {
        var parts = Reader.Read(json);
        return parts.Unconfirmed is { } pairs ? parts.Sheet.WithStoredUnconfirmed(pairs) : parts.Sheet;
    }

    // An array: what is generic over a type of our own is compiled when the program runs.
    private static Observation[] Observations(ref Utf8JsonReader json)
    {
        StoredValue.Begin(ref json);
        var (figures, count) = (new Observation[32], 0);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (count == figures.Length)
            {
                figures = Copy(figures, count, 2 * count);
            }

            figures[count++] = Figure.Read(ref json).Figure;
        }

        return Copy(figures, count, count);
    }

    // What the framework has for it is generic.
    private static Observation[] Copy(Observation[] figures, int count, int size)
    {
        var copy = new Observation[size];
        Array.Copy(figures, copy, count);
        return copy;
    }

    /// <summary>A sheet of which some members are read.</summary>
    private sealed class Parts
    {
        public RateSheet Sheet { get; private set; } = new()
        {
            Provider = "",
            AsOf = default,
            FetchedAt = default,
            CheckedAt = default,
            Observations = [],
        };

        /// <summary>Pairs that releases up to 0.2 marked; null when the text has none.</summary>
        public IReadOnlyList<CurrencyPair>? Unconfirmed { get; private set; }

        public Parts With(RateSheet sheet)
        {
            Sheet = sheet;
            return this;
        }

        // Left out where it is the version itself, as before the sheet is stored: so both are equal. The version stands before it.
        public Parts PublishUnder(long version) => version == Sheet.Version ? this : With(Sheet with { PublishedVersion = version });

        public Parts Unconfirm(ref Utf8JsonReader json)
        {
            if (StoredValue.IsNull(ref json))
            {
                return this;
            }

            StoredValue.Begin(ref json);
            List<CurrencyPair> pairs = [];
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                pairs.Add(StoredValue.Pair(ref json));
            }

            Unconfirmed = pairs;
            return this;
        }
    }

    /// <summary>A figure of which some members are read.</summary>
    private sealed class FigureParts
    {
        public Observation Figure { get; private set; }

        public FigureParts With(Observation figure)
        {
            Figure = figure;
            return this;
        }
    }
}
