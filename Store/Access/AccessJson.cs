using Rates.Core;

namespace Rates.Store;

/// <summary>Reads the stored JSON of users and keys.</summary>
internal static class AccessJson
{
    private static readonly string[] Roles = EnumNames.Of(typeof(AccessRole));

    /// <summary>A user.</summary>
    public static StoredObject<AccessUser> User { get; } = new(
        () => new() { Role = default, Password = "" }, 2,
        ("role", (ref json, user) => user with { Role = (AccessRole)StoredValue.Name(ref json, Roles) }),
        ("password", (ref json, user) => user with { Password = StoredValue.Text(ref json) }));

    /// <summary>A key.</summary>
    public static StoredObject<AccessKey> Key { get; } = new(
        () => new() { Label = "", Role = default, Digest = "", CreatedAt = default }, 4,
        ("label", (ref json, key) => key with { Label = StoredValue.Text(ref json) }),
        ("role", (ref json, key) => key with { Role = (AccessRole)StoredValue.Name(ref json, Roles) }),
        ("digest", (ref json, key) => key with { Digest = StoredValue.Text(ref json) }),
        ("createdAt", (ref json, key) => key with { CreatedAt = json.GetDateTimeOffset() }),
        ("expiresAt", (ref json, key) => key with { ExpiresAt = StoredValue.InstantOrNull(ref json) }),
        ("defaultProviders", (ref json, key) => key with { DefaultProviders = StoredValue.List(ref json, StoredValue.Text) }),
        ("requestsPerMinute", (ref json, key) => key with { RequestsPerMinute = json.GetInt32() }));
}
