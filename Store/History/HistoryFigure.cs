using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rates.Store;

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
