using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace Rates.Api;

/// <summary>The JSON of every answer that is not gathered from pieces.</summary>
[JsonSerializable(typeof(BlendedRates))]
[JsonSerializable(typeof(PairAnswer))]
[JsonSerializable(typeof(Conversion))]
[JsonSerializable(typeof(IReadOnlyList<Conversion>))]
[JsonSerializable(typeof(ConversionsByProvider))]
[JsonSerializable(typeof(HistoryAnswer))]
[JsonSerializable(typeof(IReadOnlyList<ProviderView>))]
[JsonSerializable(typeof(ProviderView))]
[JsonSerializable(typeof(IReadOnlyList<CurrencyView>))]
[JsonSerializable(typeof(CurrencyView))]
[JsonSerializable(typeof(EventData))]
[JsonSerializable(typeof(Liveness))]
[JsonSerializable(typeof(Readiness))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(string))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>Names of banks stay readable. Answers are never HTML, and say so, which is why nothing is escaped for it.</summary>
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>Rates as JSON numbers.</summary>
    public static ApiJson Numbers { get; } = new(OptionsWith(null));

    /// <summary>Rates as JSON strings.</summary>
    public static ApiJson Strings { get; } = new(OptionsWith(new DecimalText()));

    /// <summary>Writes one answer.</summary>
    public static void Write<T>(ByteBuffer buffer, T answer, bool numbersAsText, Func<ApiJson, JsonTypeInfo<T>> type)
    {
        using var json = new Utf8JsonWriter(buffer, new() { Encoder = Encoder });
        JsonSerializer.Serialize(json, answer, type(numbersAsText ? Strings : Numbers));
    }

    private static JsonSerializerOptions OptionsWith(JsonConverter? converter)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = Encoder,
        };
        if (converter is not null)
        {
            options.Converters.Add(converter);
        }

        return options;
    }

    private sealed class DecimalText : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToText());
    }
}
