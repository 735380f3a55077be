using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rates.Client;

/// <summary>JSON serialization of the service's answers and of the requests that the client sends.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RatesByProvider))]
[JsonSerializable(typeof(BlendedRates))]
[JsonSerializable(typeof(PairRates))]
[JsonSerializable(typeof(Conversion))]
[JsonSerializable(typeof(IReadOnlyList<Conversion>))]
[JsonSerializable(typeof(IReadOnlyList<AmountToConvert>))]
[JsonSerializable(typeof(HistoryRate))]
[JsonSerializable(typeof(BlendedHistoryRate))]
[JsonSerializable(typeof(IReadOnlyList<ProviderInfo>))]
[JsonSerializable(typeof(ProviderInfo))]
[JsonSerializable(typeof(IReadOnlyList<CurrencyInfo>))]
[JsonSerializable(typeof(CurrencyInfo))]
[JsonSerializable(typeof(RatesEvent))]
[JsonSerializable(typeof(ProblemBody))]
internal sealed partial class ClientJson : JsonSerializerContext;
