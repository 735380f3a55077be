using System.Text.Json;

namespace Rates.Store;

/// <summary>Writes and reads the JSON in which Api and workers exchange operators' settings of providers.</summary>
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

    /// <summary>Writes a declaration.</summary>
    public static string Write(StoredDeclaration declaration) => JsonSerializer.Serialize(declaration, StoreFormat.Json.StoredDeclaration);

    /// <summary>Reads a declaration.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static StoredDeclaration ReadDeclaration(string json) => Read(json, StoreFormat.Json.StoredDeclaration);

    /// <summary>Writes an answer about a declaration.</summary>
    public static string Write(DeclarationAnswer answer) => JsonSerializer.Serialize(answer, StoreFormat.Json.DeclarationAnswer);

    /// <summary>Reads an answer about a declaration.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static DeclarationAnswer ReadDeclarationAnswer(string json) => Read(json, StoreFormat.Json.DeclarationAnswer);

    /// <summary>Writes what is to be tried.</summary>
    public static string Write(DryRun asked) => JsonSerializer.Serialize(asked, StoreFormat.Json.DryRun);

    /// <summary>Reads what is to be tried.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static DryRun ReadDryRun(string json) => Read(json, StoreFormat.Json.DryRun);

    /// <summary>Writes what a declaration reads.</summary>
    public static string Write(DryRunAnswer answer) => JsonSerializer.Serialize(answer, StoreFormat.Json.DryRunAnswer);

    /// <summary>Reads what a declaration reads.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static DryRunAnswer ReadDryRunAnswer(string json) => Read(json, StoreFormat.Json.DryRunAnswer);

    /// <summary>Reads a value that is not null.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    internal static T Read<T>(string json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(json, type) ?? throw new JsonException("null");
}
