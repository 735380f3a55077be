namespace Rates.Store;

/// <summary>The values of a source's last answer, such as its ETag and digest, that show whether its next answer is the same.</summary>
/// <param name="ETag">As the source sent it; null for none.</param>
/// <param name="LastModified">As the source sent it; null for none.</param>
/// <param name="BodyDigest">SHA-256 of the bodies, hexadecimal: equal bodies are not read again. Null for none.</param>
/// <param name="FullAt">When the source was last asked unconditionally; null for never.</param>
public sealed record FetchValidators(string? ETag, string? LastModified, string? BodyDigest, DateTimeOffset? FullAt)
{
    /// <summary>No validators: the next request is unconditional.</summary>
    public static FetchValidators None { get; } = new(null, null, null, null);
}
