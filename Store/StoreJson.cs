using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rates.Core;

namespace Rates.Store;

/// <summary>The wire form of everything stored as JSON: camelCase, decimals as numbers with their published digits.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(RateSheet))]
[JsonSerializable(typeof(IReadOnlyList<Observation>))]
[JsonSerializable(typeof(ProviderProfile))]
[JsonSerializable(typeof(ProviderState))]
[JsonSerializable(typeof(ProviderHealth))]
[JsonSerializable(typeof(ScheduleDefinition))]
[JsonSerializable(typeof(FetchValidators))]
[JsonSerializable(typeof(QuarantinedSheet))]
[JsonSerializable(typeof(FetchRun))]
[JsonSerializable(typeof(HistoryDay))]
[JsonSerializable(typeof(AccessUser))]
[JsonSerializable(typeof(AccessKey))]
[JsonSerializable(typeof(string))]
internal sealed partial class StoreJson : JsonSerializerContext;

/// <summary>How values stand in the store.</summary>
internal static class Wire
{
    /// <summary>
    /// The context to use. Names of institutions stay readable in a Redis browser; whoever puts them into a page encodes them.
    /// </summary>
    public static StoreJson Json { get; } = new(new JsonSerializerOptions(StoreJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>An instant as it stands in stored JSON and in hash fields, such as <c>2026-08-20T14:15:03Z</c>.</summary>
    public static string Text(DateTimeOffset instant) => IsoText.OfTicks(instant);

    /// <summary>A day as it stands in stored JSON and in hash fields, such as <c>2026-08-20</c>.</summary>
    public static string Text(DateOnly day) => IsoText.Of(day);

    /// <summary>Reads a day.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static DateOnly Day(string text) => IsoText.ParseDay(text);
}

/// <summary>What is stored in a provider's record beside its profile.</summary>
/// <param name="Schedule">Null while workers have none for it.</param>
/// <param name="Health">Null while nothing was recorded.</param>
internal sealed record ProviderState(ScheduleDefinition? Schedule, ProviderHealth? Health);
