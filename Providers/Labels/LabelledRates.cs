using Rates.Core;

namespace Rates.Providers;

/// <summary>
/// The rates of a source after its printed currency codes were replaced by the currencies that they mean, and the rates that were refused
/// for their code.
/// </summary>
/// <param name="Figures">The figures.</param>
/// <param name="Refused">Figures that are no rates, under the published label, each with its reason.</param>
public readonly record struct LabelledRates(IReadOnlyList<Observation> Figures, IReadOnlyList<RefusedObservation> Refused);
