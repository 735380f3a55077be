using Rates.Core;
using Rates.Store;

namespace Rates.Worker;

/// <summary>The result of reading stored documents of a source again: the rates that are read differently, and the problems.</summary>
/// <param name="Report">What differs.</param>
/// <param name="Read">Every figure that was read again and may be compared, by what it is of.</param>
internal sealed record ReplayFindings(ReplayReport Report, IReadOnlyDictionary<FigureKey, Observation> Read);

/// <summary>Identifies a published rate by its day, pair and kind.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Day">The day.</param>
internal readonly record struct FigureKey(CurrencyPair Pair, RateKind Kind, DateOnly Day)
{
    /// <summary>What an observation is of.</summary>
    public static FigureKey Of(Observation figure) => new(figure.Pair, figure.Kind, figure.AsOf);
}
