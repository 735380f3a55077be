using System.Text.Json.Serialization;

namespace Rates.Core;

/// <summary>
/// The purpose that a provider's rates are made for, such as reference or market. Combined rates use reference and market rates unless
/// others are named.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<ProviderCategory>))]
public enum ProviderCategory
{
    /// <summary>Reference rates and fixings derived from the market, as most central banks publish them.</summary>
    [JsonStringEnumMemberName("reference")] Reference,

    /// <summary>Prices of a market, or a service that collects them.</summary>
    [JsonStringEnumMemberName("market")] Market,

    /// <summary>Rates set by an authority without regard to a market: administered rates, pegs, rates of several segments.</summary>
    [JsonStringEnumMemberName("official")] Official,

    /// <summary>Rates that customs, tax or accounting rules prescribe for a month or quarter.</summary>
    [JsonStringEnumMemberName("compliance")] Compliance,

    /// <summary>Averages over a period.</summary>
    [JsonStringEnumMemberName("average")] Average,
}
