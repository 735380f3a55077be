using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// The JSON serialization of all bodies and answers of the operators' routes. A member that is not known is refused: it may be a typing
/// error.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    MaxDepth = 16)]
[JsonSerializable(typeof(MeView))]
[JsonSerializable(typeof(IReadOnlyList<KeyView>))]
[JsonSerializable(typeof(NewKeyView))]
[JsonSerializable(typeof(NewKeyRequest))]
[JsonSerializable(typeof(IReadOnlyList<UserView>))]
[JsonSerializable(typeof(UserView))]
[JsonSerializable(typeof(UserChange))]
[JsonSerializable(typeof(IReadOnlyList<AuditEntryView>))]
[JsonSerializable(typeof(IReadOnlyList<ScheduleState>))]
[JsonSerializable(typeof(ScheduleState))]
[JsonSerializable(typeof(ScheduleChange))]
[JsonSerializable(typeof(IReadOnlyList<CommandView>))]
[JsonSerializable(typeof(CommandView))]
[JsonSerializable(typeof(BackfillRequest))]
[JsonSerializable(typeof(ReasonRequest))]
[JsonSerializable(typeof(ReplayAsked))]
[JsonSerializable(typeof(ReplayView))]
[JsonSerializable(typeof(IReadOnlyList<EvidenceSheetView>))]
[JsonSerializable(typeof(IReadOnlyList<FetchRun>))]
[JsonSerializable(typeof(IReadOnlyList<WorkerView>))]
[JsonSerializable(typeof(IReadOnlyList<ChannelState>))]
[JsonSerializable(typeof(IReadOnlyList<RefusedSheetView>))]
[JsonSerializable(typeof(IReadOnlyList<EndpointState>))]
[JsonSerializable(typeof(EndpointState))]
[JsonSerializable(typeof(EndpointOverride))]
[JsonSerializable(typeof(IReadOnlyList<DeclarationView>))]
[JsonSerializable(typeof(DeclarationView))]
[JsonSerializable(typeof(IReadOnlyList<WebhookState>))]
[JsonSerializable(typeof(WebhookState))]
[JsonSerializable(typeof(WebhookDefinition))]
[JsonSerializable(typeof(WebhookTestResult))]
[JsonSerializable(typeof(IReadOnlyList<DeadLetterView>))]
[JsonSerializable(typeof(DeadLetterView))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(DryRun))]
[JsonSerializable(typeof(DryRunAnswer))]
internal sealed partial class OpsJson : JsonSerializerContext;

/// <summary>
/// Holds the JSON settings of the operators' answers: letters of all languages are written as they are, since no answer is HTML.
/// </summary>
internal static class OpsFormat
{
    /// <summary>The context to use: names stay readable, and no answer is HTML.</summary>
    public static OpsJson Json { get; } =
        new(new JsonSerializerOptions(OpsJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
