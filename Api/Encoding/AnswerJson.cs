using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Rates.Api;

/// <summary>The JSON settings that all answers of the Api share.</summary>
internal static class AnswerJsonSettings
{
    /// <summary>
    /// Leaves the names of banks readable. Answers are never HTML, which their Content-Type states, so nothing is escaped for HTML.
    /// </summary>
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>New options for one source-generated context; a context cannot share its options with another.</summary>
    /// <param name="numbersAsText">True to write decimals as JSON strings.</param>
    public static JsonSerializerOptions NewOptions(bool numbersAsText)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = Encoder,
        };
        if (numbersAsText)
        {
            options.Converters.Add(new DecimalText());
        }

        return options;
    }

    /// <summary>Writes decimals as JSON strings.</summary>
    private sealed class DecimalText : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToText());
    }
}

/// <summary>Writes one type of the Api's answers as JSON, its decimals as numbers or as strings.</summary>
/// <param name="typeInfo">Takes the type's metadata from a new source-generated context, such as <c>options => new
/// RatesJson(options).PairAnswer</c>.</param>
internal sealed class AnswerJson<T>(Func<JsonSerializerOptions, JsonTypeInfo<T>> typeInfo)
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = AnswerJsonSettings.Encoder };

    // Made at the first use: for all answers together it would be a good part of the time that the Api needs to start.
    private JsonTypeInfo<T>? _asText;
    private JsonTypeInfo<T>? _numbers;

    /// <summary>The metadata that writes decimals as numbers.</summary>
    public JsonTypeInfo<T> Numbers => _numbers ??= typeInfo(AnswerJsonSettings.NewOptions(numbersAsText: false));

    private JsonTypeInfo<T> AsText => _asText ??= typeInfo(AnswerJsonSettings.NewOptions(numbersAsText: true));

    /// <summary>Writes one answer.</summary>
    public void Write(ByteBuffer buffer, T answer, bool numbersAsText)
    {
        using var json = new Utf8JsonWriter(buffer, WriterOptions);
        JsonSerializer.Serialize(json, answer, numbersAsText ? AsText : Numbers);
    }
}
