namespace Rates.Store;

/// <summary>
/// The name of the file or environment variable in which a worker finds a secret, such as the key of a source: exactly one of both is set.
/// The secret itself is stored nowhere.
/// </summary>
public sealed record SecretReference
{
    /// <summary>A file's name in the secrets folder of the workers; null for none.</summary>
    public string? File { get; init; }

    /// <summary>The name of an environment variable of the workers; null for none.</summary>
    public string? Variable { get; init; }

    /// <summary>For people, such as <c>file openexchangerates</c>.</summary>
    public override string ToString() => File is not null ? $"file {File}" : $"variable {Variable}";
}
