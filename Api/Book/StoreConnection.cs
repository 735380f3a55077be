namespace Rates.Api;

/// <summary>Whether the store answers.</summary>
/// <param name="IsUp">Whether it did when last asked.</param>
/// <param name="Since">When that began.</param>
internal sealed record StoreConnection(bool IsUp, DateTimeOffset Since);
