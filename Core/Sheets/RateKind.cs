using System.Text.Json.Serialization;

namespace Rates.Core;

/// <summary>
/// The kind of a published rate, such as reference, bid or ask. A source may publish several kinds of one pair and day; they are stored
/// separately.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<RateKind>))]
public enum RateKind
{
    /// <summary>The mid, as published or computed as (bid + ask) / 2.</summary>
    [JsonStringEnumMemberName("mid")] Mid,

    /// <summary>A reference rate or fixing that an authority sets once a day.</summary>
    [JsonStringEnumMemberName("reference")] Reference,

    /// <summary>A rate fixed by law or decree, pegs included.</summary>
    [JsonStringEnumMemberName("official")] Official,

    /// <summary>The last price of a market.</summary>
    [JsonStringEnumMemberName("last")] Last,

    /// <summary>The price at a market's close.</summary>
    [JsonStringEnumMemberName("close")] Close,

    /// <summary>An average over a period; the as-of day is the period's last.</summary>
    [JsonStringEnumMemberName("average")] Average,

    /// <summary>The price at which the quoting bank buys 1 base.</summary>
    [JsonStringEnumMemberName("bid")] Bid,

    /// <summary>The price at which the quoting bank sells 1 base.</summary>
    [JsonStringEnumMemberName("ask")] Ask,

    /// <summary>Bid for cheques and bills at sight, a little below that for transfers.</summary>
    [JsonStringEnumMemberName("sight-bid")] SightBid,

    /// <summary>The mid for banknotes and travellers' cheques, as published.</summary>
    [JsonStringEnumMemberName("cash-mid")] CashMid,

    /// <summary>Bid for banknotes.</summary>
    [JsonStringEnumMemberName("cash-bid")] CashBid,

    /// <summary>Ask for banknotes.</summary>
    [JsonStringEnumMemberName("cash-ask")] CashAsk,

    /// <summary>Bid for coins.</summary>
    [JsonStringEnumMemberName("coin-bid")] CoinBid,

    /// <summary>Ask for coins.</summary>
    [JsonStringEnumMemberName("coin-ask")] CoinAsk,

    /// <summary>An official rate for one group of customers, published beside the main one (Cuba's public rate).</summary>
    [JsonStringEnumMemberName("segment")] Segment,

    /// <summary>A floating or informal rate published beside an official one.</summary>
    [JsonStringEnumMemberName("parallel")] Parallel,

    /// <summary>The fixed conversion rate of a currency that was replaced by another.</summary>
    [JsonStringEnumMemberName("legacy")] Legacy,

    /// <summary>The first price of a market's day; like high and low of a day it is never a headline.</summary>
    [JsonStringEnumMemberName("open")] Open,

    /// <summary>The highest price of a market's day.</summary>
    [JsonStringEnumMemberName("high")] High,

    /// <summary>The lowest price of a market's day.</summary>
    [JsonStringEnumMemberName("low")] Low,

    /// <summary>An index number that a source publishes among its rates; never stored.</summary>
    [JsonStringEnumMemberName("index")] Index,
}
