using System.Text.Json.Serialization;

namespace Rates.Core;

/// <summary>One published figure, exactly as published: on <paramref name="AsOf"/>, 1 base = <paramref name="Rate"/> quote.</summary>
/// <remarks>
/// Never inverted or rounded on the way in. The only arithmetic allowed before this point is dividing by the quotation units
/// (and, for metals per gram, multiplying by 31.1034768 to the troy ounce).
/// </remarks>
/// <param name="AsOf">The day the figure holds for, in the publisher's own calendar.</param>
/// <param name="Pair">Base and quote.</param>
/// <param name="Rate">Quote units for 1 base unit, with the published digits.</param>
/// <param name="Kind">Which figure it is.</param>
public readonly record struct Observation(DateOnly AsOf, CurrencyPair Pair, decimal Rate, RateKind Kind)
{
    /// <summary>The instant the source gives the figure, for sources that publish through the day; null where only the day is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? At { get; init; }

    /// <summary>Such as <c>2026-08-20 EUR/USD 1.1634 reference</c>.</summary>
    public override string ToString() => $"{AsOf:yyyy-MM-dd} {Pair} {Rate.ToString(System.Globalization.CultureInfo.InvariantCulture)} {Kind}";
}
