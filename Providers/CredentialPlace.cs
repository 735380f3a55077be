namespace Rates.Providers;

/// <summary>Names the query parameter or the header in which a source wants its key.</summary>
public sealed class CredentialPlace
{
    /// <summary>
    /// Name of a second query parameter, for the user, at sources that want a user and a password: the key is then <c>user:password</c>,
    /// and <see cref="Query"/> takes what follows the first colon. Empty where the key is one text.
    /// </summary>
    public string User { get; init; } = "";

    /// <summary>Name of the query parameter; empty when it goes into a header.</summary>
    public string Query { get; init; } = "";

    /// <summary>Name of the header; empty when it goes into the query.</summary>
    public string Header { get; init; } = "";

    /// <summary>What stands before the key in the header, such as <c>Token </c>.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The query parameters that carry <paramref name="key"/>; none when it goes into a header.</summary>
    public IReadOnlyList<(string Name, string Value)> Parameters(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return (Query, User, key.IndexOf(':', StringComparison.Ordinal)) switch
        {
            ("", _, _) => [],
            (_, "", _) => [(Query, key)],
            (_, _, < 0) => [(User, key), (Query, "")],
            (_, _, var colon) => [(User, key[..colon]), (Query, key[(colon + 1)..])],
        };
    }
}
