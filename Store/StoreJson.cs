using System.Text.Json.Serialization;
using Rates.Core;

namespace Rates.Store;

/// <summary>Serialises everything stored as JSON: camelCase, decimals as numbers with their published digits.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(RateSheet))]
[JsonSerializable(typeof(IReadOnlyList<Observation>))]
[JsonSerializable(typeof(ProviderProfile))]
[JsonSerializable(typeof(StoredScheduleAndHealth))]
[JsonSerializable(typeof(ProviderHealth))]
[JsonSerializable(typeof(ScheduleDefinition))]
[JsonSerializable(typeof(HandWritten))]
[JsonSerializable(typeof(FetchValidators))]
[JsonSerializable(typeof(QuarantinedSheet))]
[JsonSerializable(typeof(FetchRun))]
[JsonSerializable(typeof(HistoryDay))]
[JsonSerializable(typeof(FailedBackfill))]
[JsonSerializable(typeof(AccessUser))]
[JsonSerializable(typeof(AccessKey))]
[JsonSerializable(typeof(OperatorCommand))]
[JsonSerializable(typeof(EndpointOverride))]
[JsonSerializable(typeof(EndpointAnswer))]
[JsonSerializable(typeof(StoredDeclaration))]
[JsonSerializable(typeof(DeclarationAnswer))]
[JsonSerializable(typeof(DryRun))]
[JsonSerializable(typeof(DryRunAnswer))]
[JsonSerializable(typeof(WorkerQuestion))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(SheetEvidence))]
[JsonSerializable(typeof(ReplayReport))]
internal sealed partial class StoreJson : JsonSerializerContext;
