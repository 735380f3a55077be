namespace Rates.Store;

/// <summary>What is wrong with one member of the settings that an operator sent, with the member's name.</summary>
/// <param name="Field">The member, such as <c>address</c> or <c>read.rows</c>.</param>
/// <param name="Value">Its value; empty for none. Never a secret.</param>
/// <param name="Why">What is wrong with it and what would be right.</param>
public sealed record FieldProblem(string Field, string Value, string Why)
{
    /// <summary>In one line.</summary>
    public override string ToString() => Value.Length == 0 ? $"{Field}: {Why}" : $"{Field}: '{Value}' {Why}";
}

/// <summary>The address, headers and credentials with which a worker reaches a provider, as operators see them.</summary>
public sealed record EndpointView
{
    /// <summary>The provider's key.</summary>
    public required string Provider { get; init; }

    /// <summary>Its main address in force; null for a provider that asks nobody.</summary>
    public string? Address { get; init; }

    /// <summary>Further addresses in force, by name.</summary>
    public IReadOnlyDictionary<string, string> Addresses { get; init; } = new Dictionary<string, string>();

    /// <summary>The names of headers that are sent.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>Whether the source wants a key.</summary>
    public bool NeedsKey { get; init; }

    /// <summary>Whether this worker has the key.</summary>
    public bool HasKey { get; init; }

    /// <summary>Hosts that an address may name: the provider's own, and those of the workers' settings.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Why this worker does not ask the provider with what is set; empty when it does.</summary>
    public string Problem { get; init; } = "";

    /// <summary>The worker that tells this.</summary>
    public string Worker { get; init; } = "";
}

/// <summary>
/// A worker's answer to the question how it reaches a provider, or whether an operator's change of that may come into force.
/// </summary>
/// <param name="Problems">What is wrong with what was asked for; none when it may be stored.</param>
/// <param name="Endpoint">How the provider would be reached; null with problems.</param>
public sealed record EndpointAnswer(IReadOnlyList<FieldProblem> Problems, EndpointView? Endpoint);
