namespace Rates.Store;

/// <summary>The answer to a publish.</summary>
/// <param name="Accepted">False when another worker had taken the claim over: nothing changed.</param>
/// <param name="Epoch">The epoch of the published sheet; empty unless accepted.</param>
/// <param name="Version">The version of the published sheet; 0 unless accepted.</param>
public readonly record struct PublishResult(bool Accepted, string Epoch, long Version);
