namespace Rates.Store;

/// <summary>Thrown when the store could not be reached within its deadline. Whether the call had an effect is not known.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner) : Exception(message, inner);

/// <summary>
/// Thrown when what is stored as a provider's latest rates is damaged or of another provider; other providers are unaffected.
/// </summary>
public sealed class CorruptSheetException(string provider, string why)
    : Exception($"{provider}: the stored sheet is not usable: {why}")
{
    /// <summary>Whose sheet it is.</summary>
    public string Provider { get; } = provider;
}
