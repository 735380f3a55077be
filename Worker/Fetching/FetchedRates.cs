using Rates.Core;
using Rates.Store;

namespace Rates.Worker;

/// <summary>The rates that one fetch read from all answers of a source, with the rows and rates that were left out.</summary>
/// <param name="Observations">
/// As published, under the currencies that the labels mean; empty when it has nothing in the window, or nothing new.
/// </param>
/// <param name="RefusedLabels">Figures whose label is no rate on their day, each with its reason.</param>
/// <param name="NotModified">True when it confirmed what is stored.</param>
/// <param name="Validators">For the next conditional request, with the digest of the bodies.</param>
/// <param name="Source">Address of the newest body, without a credential; null when there was none.</param>
internal sealed record FetchedRates(
    IReadOnlyList<Observation> Observations, IReadOnlyList<RefusedObservation> RefusedLabels, bool NotModified, FetchValidators Validators,
    string? Source)
{
    /// <summary>Rows of the answers that cannot be read and are left out.</summary>
    public IReadOnlyList<OddRow> OddRows { get; init; } = [];

    /// <summary>Those of the figures that ship with the product.</summary>
    public IReadOnlyList<Observation> Standing { get; init; } = [];

    /// <summary>The answers, for evidence.</summary>
    public IReadOnlyList<ReceivedBody> Received { get; init; } = [];

    /// <summary>Everything that was read: usable figures, and those whose label is no rate.</summary>
    public IReadOnlyList<Observation> All => [.. Observations, .. RefusedLabels.Select(refused => refused.Observation)];
}
