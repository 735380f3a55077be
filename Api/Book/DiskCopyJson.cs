using System.Text.Json.Serialization;

namespace Rates.Api;

/// <summary>The JSON of the disk copy.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SavedProvider[]))]
internal sealed partial class DiskCopyJson : JsonSerializerContext;
