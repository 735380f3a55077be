using System.Text.Json.Serialization;

namespace Rates.Core;

/// <summary>One published rate, exactly as published: on <paramref name="AsOf"/>, 1 base = <paramref name="Rate"/> quote.</summary>
/// <remarks>
/// Adapters never invert or round a figure. The only arithmetic they do is to divide by the number of units quoted, and to multiply
/// metals quoted per gram by 31.1034768 grams per troy ounce.
/// </remarks>
/// <param name="AsOf">The day the figure holds for, in the publisher's own calendar.</param>
/// <param name="Pair">Base and quote.</param>
/// <param name="Rate">Quote units for 1 base unit, with the published digits, trailing zeros included.</param>
/// <param name="Kind">The kind of figure.</param>
public readonly record struct Observation(DateOnly AsOf, CurrencyPair Pair, decimal Rate, RateKind Kind)
{
    /// <summary>
    /// The instant that the source gives for the figure, for sources that publish during the day; null when only the day is known.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? At { get; init; }

    /// <summary>
    /// True while no other source and no later publication has confirmed the figure: it is the provider's first of the pair, or far from
    /// the one before. Blends do not use it while a pair has confirmed figures.
    /// </summary>
    [JsonPropertyName("unconfirmed"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsUnconfirmed { get; init; }

    /// <summary>Whether both are the same figure: day, pair, kind and rate. Instants and marks are not compared.</summary>
    public bool IsSameFigure(Observation other) =>
        AsOf == other.AsOf && Pair == other.Pair && Kind == other.Kind && Rate == other.Rate;

    /// <summary>The figure as text, such as <c>2026-08-20 EUR/USD 1.1634 Reference</c>.</summary>
    public override string ToString() => $"{IsoText.Of(AsOf)} {Pair} {ReasonText.Of(Rate)} {Kind}";
}
