using System.Text.Json.Serialization;

namespace Rates.Core;

/// <summary>Which figure of a pair a rate is. Several kinds of one pair and day stand side by side and are never mixed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RateKind>))]
public enum RateKind
{
    /// <summary>The middle: published as such, or the exact (bid + ask) / 2.</summary>
    [JsonStringEnumMemberName("mid")] Mid,

    /// <summary>A reference rate or fixing, set once a day by an authority.</summary>
    [JsonStringEnumMemberName("reference")] Reference,

    /// <summary>A rate fixed by law or decree, pegs included.</summary>
    [JsonStringEnumMemberName("official")] Official,

    /// <summary>The last price of a market.</summary>
    [JsonStringEnumMemberName("last")] Last,

    /// <summary>The price at a market's close.</summary>
    [JsonStringEnumMemberName("close")] Close,

    /// <summary>An average over a period; the as-of day is the period's last.</summary>
    [JsonStringEnumMemberName("average")] Average,

    /// <summary>What the quoting side pays for 1 base.</summary>
    [JsonStringEnumMemberName("bid")] Bid,

    /// <summary>What the quoting side asks for 1 base.</summary>
    [JsonStringEnumMemberName("ask")] Ask,

    /// <summary>Bid for banknotes.</summary>
    [JsonStringEnumMemberName("cash-bid")] CashBid,

    /// <summary>Ask for banknotes.</summary>
    [JsonStringEnumMemberName("cash-ask")] CashAsk,

    /// <summary>An official rate for one group of customers beside the main one (Cuba's public rate, say).</summary>
    [JsonStringEnumMemberName("segment")] Segment,

    /// <summary>A floating or informal rate published beside an official one.</summary>
    [JsonStringEnumMemberName("parallel")] Parallel,

    /// <summary>An irrevocable conversion rate of a currency that gave way to another.</summary>
    [JsonStringEnumMemberName("legacy")] Legacy,

    /// <summary>An index number published among rates; never stored as a rate.</summary>
    [JsonStringEnumMemberName("index")] Index,
}
