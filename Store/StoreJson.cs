using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Rates.Core;

namespace Rates.Store;

/// <summary>Serialises everything that is stored as JSON: camelCase, decimals as numbers with their published digits.</summary>
/// <remarks>
/// The metadata is not generated when this is compiled: generated metadata sets a member that is missing in the JSON to null or zero. A
/// record of an earlier release lacks the members that came later, and they keep the value that a new object has.
/// </remarks>
internal sealed class StoreJson
{
    private readonly JsonSerializerOptions _options;

    /// <param name="encoder">Which letters are escaped.</param>
    public StoreJson(JavaScriptEncoder encoder)
    {
        _options = new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            AllowDuplicateProperties = false,
            MaxDepth = 16,
            RespectNullableAnnotations = true,
            Encoder = encoder,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        _options.MakeReadOnly();
    }

    // One member for each type that is stored; a test compares them with what earlier releases stored.
    public JsonTypeInfo<RateSheet> RateSheet => Of<RateSheet>();

    public JsonTypeInfo<IReadOnlyList<Observation>> IReadOnlyListObservation => Of<IReadOnlyList<Observation>>();

    public JsonTypeInfo<ProviderProfile> ProviderProfile => Of<ProviderProfile>();

    public JsonTypeInfo<StoredScheduleAndHealth> StoredScheduleAndHealth => Of<StoredScheduleAndHealth>();

    public JsonTypeInfo<ProviderHealth> ProviderHealth => Of<ProviderHealth>();

    public JsonTypeInfo<ScheduleDefinition> ScheduleDefinition => Of<ScheduleDefinition>();

    public JsonTypeInfo<HandWritten> HandWritten => Of<HandWritten>();

    public JsonTypeInfo<FetchValidators> FetchValidators => Of<FetchValidators>();

    public JsonTypeInfo<QuarantinedSheet> QuarantinedSheet => Of<QuarantinedSheet>();

    public JsonTypeInfo<FetchRun> FetchRun => Of<FetchRun>();

    public JsonTypeInfo<HistoryDay> HistoryDay => Of<HistoryDay>();

    public JsonTypeInfo<AccessUser> AccessUser => Of<AccessUser>();

    public JsonTypeInfo<AccessKey> AccessKey => Of<AccessKey>();

    public JsonTypeInfo<OperatorCommand> OperatorCommand => Of<OperatorCommand>();

    public JsonTypeInfo<EndpointOverride> EndpointOverride => Of<EndpointOverride>();

    public JsonTypeInfo<EndpointAnswer> EndpointAnswer => Of<EndpointAnswer>();

    public JsonTypeInfo<StoredDeclaration> StoredDeclaration => Of<StoredDeclaration>();

    public JsonTypeInfo<DeclarationAnswer> DeclarationAnswer => Of<DeclarationAnswer>();

    public JsonTypeInfo<DryRun> DryRun => Of<DryRun>();

    public JsonTypeInfo<DryRunAnswer> DryRunAnswer => Of<DryRunAnswer>();

    public JsonTypeInfo<WorkerQuestion> WorkerQuestion => Of<WorkerQuestion>();

    public JsonTypeInfo<WebhookDefinition> WebhookDefinition => Of<WebhookDefinition>();

    public JsonTypeInfo<WebhookMemory> WebhookMemory => Of<WebhookMemory>();

    public JsonTypeInfo<WebhookDeadLetter> WebhookDeadLetter => Of<WebhookDeadLetter>();

    public JsonTypeInfo<WebhookAnswer> WebhookAnswer => Of<WebhookAnswer>();

    public JsonTypeInfo<WebhookTestAnswer> WebhookTestAnswer => Of<WebhookTestAnswer>();

    public JsonTypeInfo<string> String => Of<string>();

    public JsonTypeInfo<SheetEvidence> SheetEvidence => Of<SheetEvidence>();

    public JsonTypeInfo<ReplayReport> ReplayReport => Of<ReplayReport>();

    public JsonTypeInfo<FailedBackfill> FailedBackfill => Of<FailedBackfill>();

    private JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)_options.GetTypeInfo(typeof(T));
}
