using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Rates.Api;

/// <summary>
/// The JSON serialization of the disk copy of the Api's rates. The metadata is not generated, so that a member that an earlier release did
/// not write has its default.
/// </summary>
internal sealed class DiskCopyJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private DiskCopyJson()
    {
    }

    /// <summary>The only one.</summary>
    public static DiskCopyJson Default { get; } = new();

    /// <summary>All providers of a copy.</summary>
    public JsonTypeInfo<SavedProvider[]> SavedProviderArray { get; } =
        (JsonTypeInfo<SavedProvider[]>)Options.GetTypeInfo(typeof(SavedProvider[]));
}
