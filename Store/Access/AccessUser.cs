namespace Rates.Store;

/// <summary>A user of the Api as stored: a person who signs in with a name and a password, of which only the hash is stored.</summary>
public sealed record AccessUser
{
    /// <summary>What the user may do.</summary>
    public required AccessRole Role { get; init; }

    /// <summary>The password's hash, as <see cref="PasswordHasher"/> writes it.</summary>
    public required string Password { get; init; }
}

/// <summary>An API key as stored: its role and limits, and the digest of its secret; the secret itself is not stored.</summary>
public sealed record AccessKey
{
    /// <summary>What it is for, in the words of its owner.</summary>
    public required string Label { get; init; }

    /// <summary>What the program may do.</summary>
    public required AccessRole Role { get; init; }

    /// <summary>SHA-256 of the key, hexadecimal.</summary>
    public required string Digest { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it is refused, UTC; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Provider keys that answer when a query of this key names none; empty for the installation's.</summary>
    public IReadOnlyList<string> DefaultProviders { get; init; } = [];

    /// <summary>Requests a minute; 0 for no limit.</summary>
    public int RequestsPerMinute { get; init; }
}
