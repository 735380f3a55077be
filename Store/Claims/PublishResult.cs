namespace Rates.Store;

/// <summary>The store's answer to a worker that published rates: whether they were accepted, and their version.</summary>
/// <param name="Accepted">False when another worker had taken the claim over: nothing changed.</param>
/// <param name="Epoch">The epoch of the published sheet; empty unless accepted.</param>
/// <param name="Version">The version of the published sheet; 0 unless accepted.</param>
public readonly record struct PublishResult(bool Accepted, string Epoch, long Version);
