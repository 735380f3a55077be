namespace Rates.Api;

/// <summary>Whether the store can be reached.</summary>
/// <param name="IsUp">Whether the last read of it succeeded.</param>
/// <param name="Since">Since when that is so.</param>
internal sealed record StoreConnection(bool IsUp, DateTimeOffset Since);
