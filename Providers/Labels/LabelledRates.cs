using Rates.Core;

namespace Rates.Providers;

/// <summary>A source's figures under the currencies that its labels mean.</summary>
/// <param name="Figures">The figures.</param>
/// <param name="Refused">Figures that are no rates, under the published label, each with its reason.</param>
public readonly record struct LabelledRates(IReadOnlyList<Observation> Figures, IReadOnlyList<RefusedObservation> Refused);
