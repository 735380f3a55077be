namespace Rates.Core;

/// <summary>Every rate that one provider's figures give.</summary>
public sealed class CrossRates
{
    private CrossRates(IReadOnlyList<Currency> currencies, DateOnly? asOf) => (Currencies, AsOf) = (currencies, asOf);

    /// <summary>Every currency it can answer, sorted.</summary>
    public IReadOnlyList<Currency> Currencies { get; }

    /// <summary>The newest day; null when there is no figure.</summary>
    public DateOnly? AsOf { get; }

    /// <summary>Builds from one provider's observations.</summary>
    public static CrossRates Of(IReadOnlyList<Observation> observations, Currency pivot) => new([pivot], observations.Count > 0 ? observations.Max(o => o.AsOf) : null);

    /// <summary>The rate of <paramref name="pair"/>; null when it is not covered.</summary>
    public CrossRate? Find(CurrencyPair pair) => pair.Base == pair.Quote && AsOf is { } day ? new(pair, 1, day, RateKind.Mid, []) : null;
}
