namespace Rates.Api;

/// <summary>The state of the Api's connection to the store: up or down, and since when.</summary>
/// <param name="IsUp">Whether the last read of it succeeded.</param>
/// <param name="Since">Since when that is so.</param>
internal sealed record StoreConnection(bool IsUp, DateTimeOffset Since);
