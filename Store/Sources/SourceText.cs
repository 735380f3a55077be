using System.Text.Json;

namespace Rates.Store;

/// <summary>Writes and reads the JSON that apis and workers exchange about sources.</summary>
public static class SourceText
{
    /// <summary>Writes an override.</summary>
    public static string Write(EndpointOverride endpoint) => JsonSerializer.Serialize(endpoint, StoreFormat.Json.EndpointOverride);

    /// <summary>Reads an override.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static EndpointOverride ReadEndpoint(string json) => Read(json, StoreFormat.Json.EndpointOverride);

    /// <summary>Writes an answer about an endpoint.</summary>
    public static string Write(EndpointAnswer answer) => JsonSerializer.Serialize(answer, StoreFormat.Json.EndpointAnswer);

    /// <summary>Reads an answer about an endpoint.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static EndpointAnswer ReadEndpointAnswer(string json) => Read(json, StoreFormat.Json.EndpointAnswer);

    private static T Read<T>(string json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(json, type) ?? throw new JsonException("null");
}
