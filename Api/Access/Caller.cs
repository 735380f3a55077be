using Rates.Store;

namespace Rates.Api;

/// <summary>The sender of a request: a user, an API key or nobody known, with the role that states what it may do.</summary>
/// <param name="Name">For the record of changes: a user's name, or <c>key:</c> and a key's id; <c>anonymous</c>.</param>
/// <param name="Role">What the caller may do.</param>
/// <param name="Key">The key's settings; null for others.</param>
/// <param name="ByPassword">True when a browser may have sent the credentials by itself.</param>
/// <param name="Revision">The revision of the stored user or key that was signed in with; 0 for others.</param>
internal sealed record Caller(string Name, AccessRole Role, AccessKey? Key, bool ByPassword, long Revision = 0)
{
    /// <summary>What stands before the id of a key in its <see cref="Name"/>.</summary>
    public const string KeyPrefix = "key:";

    /// <summary>Somebody without credentials, where reads are open.</summary>
    public static Caller AnonymousReader { get; } = new("anonymous", AccessRole.Read, null, ByPassword: false);

    /// <summary>Somebody without credentials, where reads are not open.</summary>
    public static Caller WithoutAccess { get; } = new("anonymous", AccessRole.None, null, ByPassword: false);

    /// <summary>The caller of a request that passed the <see cref="AccessGate"/>.</summary>
    public static Caller Of(HttpContext context) => context.Features.Get<Caller>() ?? WithoutAccess;
}
