namespace Rates.Store;

/// <summary>The list of the stored sheets, each with its version.</summary>
/// <param name="Sheets">Provider to the version of its newest sheet.</param>
/// <param name="ProvidersRevision">Changes with every profile, schedule or health record; compare it for equality only.</param>
public sealed record RateIndex(IReadOnlyDictionary<string, SheetVersion> Sheets, string ProvidersRevision);
