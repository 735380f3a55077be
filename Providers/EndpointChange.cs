namespace Rates.Providers;

/// <summary>
/// The addresses, headers and key that an operator set for a provider, with the secrets looked up; they replace those that ship.
/// </summary>
public sealed class EndpointChange
{
    /// <summary>Its main address; null for the one of the block.</summary>
    public Uri? Address { get; init; }

    /// <summary>Further addresses by name, in place of those of the block.</summary>
    public IReadOnlyDictionary<string, Uri> Addresses { get; init; } = new Dictionary<string, Uri>();

    /// <summary>Headers that are no secrets, over those of the block; an empty value takes one away.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Headers whose values are secrets.</summary>
    public IReadOnlyDictionary<string, string> SecretHeaders { get; init; } = new Dictionary<string, string>();

    /// <summary>The key; null for the one of the block.</summary>
    public string? Key { get; init; }
}
