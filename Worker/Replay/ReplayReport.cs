using Rates.Core;

namespace Rates.Worker;

/// <summary>The figures that the current adapter reads differently from stored bodies than the adapter of then did.</summary>
/// <param name="Sheets">How many sheets were read again.</param>
/// <param name="Changes">The figures that differ from history, oldest day first.</param>
/// <param name="Problems">Sheets that could not be read again, each with its reason.</param>
/// <param name="StoredDays">How many days were changed; 0 when nothing was to be stored.</param>
internal sealed record ReplayReport(
    int Sheets, IReadOnlyList<ReplayChange> Changes, IReadOnlyList<string> Problems, int StoredDays);

/// <summary>A figure that is read otherwise.</summary>
/// <param name="Version">The sheet whose body it is read from.</param>
/// <param name="Read">The figure as it is read now.</param>
/// <param name="Stored">The figure in history; null when history has none.</param>
internal sealed record ReplayChange(long Version, Observation Read, decimal? Stored);
