namespace Rates.Store;

/// <summary>The list of the providers that have rates in the store, each with the version of its latest rates.</summary>
/// <param name="Sheets">Provider to the version of its newest sheet.</param>
/// <param name="ProvidersRevision">Changes with every profile, schedule or health record; compare it for equality only.</param>
/// <param name="StoreId">
/// The id that the first worker gave to the store, whatever address or password it is reached by; empty before that.
/// </param>
public sealed record RateIndex(IReadOnlyDictionary<string, SheetVersion> Sheets, string ProvidersRevision, string StoreId = "");
