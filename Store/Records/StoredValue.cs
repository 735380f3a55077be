using System.Globalization;
using System.Text.Json;
using Rates.Core;

namespace Rates.Store;

/// <summary>Reads single values of stored JSON, in the forms in which the serializer writes them.</summary>
internal static class StoredValue
{
    private const int DayLength = 10;
    private const int PairLength = 7;

    /// <summary>A text, never null.</summary>
    public static string Text(ref Utf8JsonReader reader) => reader.GetString() ?? throw new FormatException("it is null");

    /// <summary>A day, such as <c>2026-08-20</c>.</summary>
    public static DateOnly Day(ref Utf8JsonReader reader)
    {
        Span<char> text = stackalloc char[DayLength];
        return IsOfLength(ref reader, DayLength) && reader.CopyString(text) == DayLength && IsoText.TryParseDay(text, out var day)
            ? day
            : throw new FormatException($"'{reader.GetString()}' is not a day such as 2026-08-20");
    }

    /// <summary>A day, or null.</summary>
    public static DateOnly? DayOrNull(ref Utf8JsonReader reader) => IsNull(ref reader) ? null : Day(ref reader);

    /// <summary>An instant, such as <c>2026-08-20T14:15:03Z</c>, or null.</summary>
    public static DateTimeOffset? InstantOrNull(ref Utf8JsonReader reader) => IsNull(ref reader) ? null : reader.GetDateTimeOffset();

    /// <summary>A duration, such as <c>03:00:00</c>.</summary>
    public static TimeSpan Duration(ref Utf8JsonReader reader) =>
        TimeSpan.ParseExact(Text(ref reader), "c", CultureInfo.InvariantCulture);

    /// <summary>A duration, or null.</summary>
    public static TimeSpan? DurationOrNull(ref Utf8JsonReader reader) => IsNull(ref reader) ? null : Duration(ref reader);

    /// <summary>A time of day, such as <c>17:00:00</c>.</summary>
    public static TimeOnly Time(ref Utf8JsonReader reader) =>
        Duration(ref reader) is var time && time >= TimeSpan.Zero && time < TimeSpan.FromDays(1)
            ? TimeOnly.FromTimeSpan(time)
            : throw new FormatException($"'{time:c}' is not a time of day");

    /// <summary>A currency; empty text or null for none.</summary>
    public static Currency Code(ref Utf8JsonReader reader)
    {
        var text = reader.GetString();
        return string.IsNullOrEmpty(text) ? default : Currency.Parse(text);
    }

    /// <summary>A pair, such as <c>EUR/USD</c>.</summary>
    public static CurrencyPair Pair(ref Utf8JsonReader reader)
    {
        Span<char> text = stackalloc char[PairLength];
        return IsOfLength(ref reader, PairLength) && reader.CopyString(text) == PairLength && CurrencyPair.TryParse(text, out var pair)
            ? pair
            : throw new FormatException($"'{reader.GetString()}' is not a currency pair such as EUR/USD");
    }

    /// <summary>The place of a value's name among the names of an enumeration.</summary>
    public static int Name(ref Utf8JsonReader reader, ReadOnlySpan<string> names)
    {
        for (var place = 0; reader.TokenType == JsonTokenType.String && place < names.Length; place++)
        {
            if (reader.ValueTextEquals(names[place]))
            {
                return place;
            }
        }

        throw new FormatException($"'{reader.GetString()}' is not one of {string.Join(", ", names)}");
    }

    /// <summary>A kind of rate, such as <c>cash-bid</c>.</summary>
    public static RateKind Kind(ref Utf8JsonReader reader) => (RateKind)Name(ref reader, RateKindNames.All);

    /// <summary>An array of values.</summary>
    public static IReadOnlyList<T> List<T>(ref Utf8JsonReader reader, ValueReader<T> read)
        where T : class
    {
        List<T> values = [];
        Begin(ref reader);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            values.Add(read(ref reader));
        }

        return values;
    }

    /// <summary>Checks that the reader stands at the begin of an array.</summary>
    public static void Begin(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new FormatException("it is not an array");
        }
    }

    private static bool IsOfLength(ref Utf8JsonReader reader, int length) =>
        reader is { TokenType: JsonTokenType.String, HasValueSequence: false } && reader.ValueSpan.Length == length;

    /// <summary>Whether the value is null.</summary>
    public static bool IsNull(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null;
}
