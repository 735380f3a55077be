using Rates.Store;

namespace Rates.Api;

/// <summary>The answer of <c>/v1/ops/me</c>: the name and role of the caller.</summary>
internal sealed record MeView(string Name, AccessRole Role);

/// <summary>An API key without its secret, as <c>/v1/ops/keys</c> lists it.</summary>
internal sealed record KeyView(
    string Id, string Label, AccessRole Role, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, IReadOnlyList<string> DefaultProviders,
    int RequestsPerMinute, long Revision)
{
    /// <summary>A stored key's view.</summary>
    public static KeyView Of(string id, WithRevision<AccessKey> key) => new(
        id, key.Value.Label, key.Value.Role, key.Value.CreatedAt, key.Value.ExpiresAt, key.Value.DefaultProviders,
        key.Value.RequestsPerMinute, key.Revision);
}

/// <summary>An API key that was just made, with its secret: the only answer that shows it.</summary>
internal sealed record NewKeyView(string Id, string Key, string Label, AccessRole Role);

/// <summary>The body of a request to create an API key.</summary>
internal sealed record NewKeyRequest(
    string Label, AccessRole Role, DateTimeOffset? ExpiresAt = null, IReadOnlyList<string>? DefaultProviders = null,
    int RequestsPerMinute = 0);

/// <summary>A user without the password, as <c>/v1/ops/users</c> lists it.</summary>
internal sealed record UserView(string Name, AccessRole Role, long Revision);

/// <summary>The body of a request to create or change a user; without a password an existing user keeps the old one.</summary>
internal sealed record UserChange(AccessRole Role, string? Password = null);

/// <summary>One change that an operator made, as <c>/v1/ops/audit</c> lists it.</summary>
internal sealed record AuditEntryView(string Id, DateTimeOffset At, string What, string Subject, string By, string From, string To);
