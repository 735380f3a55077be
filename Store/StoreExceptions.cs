namespace Rates.Store;

/// <summary>The store could not be reached within its deadline. Whether the call had an effect is not known.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner) : Exception(message, inner);

/// <summary>What is stored under a provider's key is not a whole sheet of that provider; others are unaffected.</summary>
public sealed class CorruptSheetException(string provider, string why)
    : Exception($"{provider}: the stored sheet is not usable: {why}")
{
    /// <summary>Whose sheet it is.</summary>
    public string Provider { get; } = provider;
}
