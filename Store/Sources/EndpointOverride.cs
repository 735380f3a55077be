using System.Collections.Immutable;

namespace Rates.Store;

/// <summary>
/// The addresses, headers and credentials of a provider that an operator has set. What is not set here stays as it ships.
/// </summary>
public sealed record EndpointOverride
{
    // The generated reader sets members that are not in the JSON to null: what they are instead is decided when they are read.

    /// <summary>Its main address; null for the one that ships.</summary>
    public string? Address { get; init; }

    /// <summary>Further addresses, by the names that the provider's block gives them.</summary>
    public IReadOnlyDictionary<string, string> Addresses { get => field ?? ImmutableDictionary<string, string>.Empty; init; }

    /// <summary>Headers of every request, by name; an empty value takes a header away that ships. None of them is a secret.</summary>
    public IReadOnlyDictionary<string, string> Headers { get => field ?? ImmutableDictionary<string, string>.Empty; init; }

    /// <summary>Headers whose values are secrets, by name.</summary>
    public IReadOnlyDictionary<string, SecretReference> SecretHeaders
    {
        get => field ?? ImmutableDictionary<string, SecretReference>.Empty;
        init;
    }

    /// <summary>The key of the source; null for the one of the settings, if there is one.</summary>
    public SecretReference? Key { get; init; }

    /// <summary>For the record of changes: addresses in full, headers by name only, secrets by where they are found.</summary>
    public string Summary() => string.Join(
        "; ",
        [
            .. Address is null ? Array.Empty<string>() : [$"address {Address}"],
            .. Addresses.Select(address => $"address {address.Key} {address.Value}"),
            .. Headers.Select(header => $"header {header.Key}"),
            .. SecretHeaders.Select(header => $"header {header.Key} from {header.Value}"),
            .. Key is null ? Array.Empty<string>() : [$"key from {Key}"],
        ]);
}
