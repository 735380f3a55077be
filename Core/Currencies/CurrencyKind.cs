using System.Text.Json.Serialization;

namespace Rates.Core;

/// <summary>What a code of the registry stands for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CurrencyKind>))]
public enum CurrencyKind
{
    /// <summary>Money of a country or a currency union, in use or of the past.</summary>
    [JsonStringEnumMemberName("currency")] Currency,

    /// <summary>A troy ounce of a precious metal.</summary>
    [JsonStringEnumMemberName("metal")] Metal,

    /// <summary>A unit of account, a fund code or a composite unit, such as XDR and CLF.</summary>
    [JsonStringEnumMemberName("unit")] Unit,

    /// <summary>A crypto asset. No ISO 4217 code.</summary>
    [JsonStringEnumMemberName("crypto")] Crypto,
}
