using Rates.Core;

namespace Rates.Store;

/// <summary>
/// The result of a replay (reading stored documents of a source again with today's adapter): the rates that differ from the stored history.
/// </summary>
/// <param name="Sheets">How many published sheets were read again.</param>
/// <param name="Changes">The figures that differ, oldest day first, then by pair.</param>
/// <param name="Problems">Sheets that could not be read again, each with its reason.</param>
/// <param name="StoredDays">How many days were changed; 0 when nothing was to be stored.</param>
public sealed record ReplayReport(
    int Sheets, IReadOnlyList<ReplayChange> Changes, IReadOnlyList<string> Problems, int StoredDays)
{
    /// <summary>When the changes were stored, UTC; null when they were only shown.</summary>
    public DateTimeOffset? StoredAt { get; init; }
}

/// <summary>A rate that a replay of stored documents reads otherwise than history has it.</summary>
/// <param name="Version">The version of the sheet whose body it is read from.</param>
/// <param name="Read">The figure as it is read now.</param>
/// <param name="Stored">The rate in history; null when history has none.</param>
public sealed record ReplayChange(long Version, Observation Read, decimal? Stored);
