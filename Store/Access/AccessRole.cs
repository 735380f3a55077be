using System.Text.Json.Serialization;

namespace Rates.Store;

/// <summary>The roles of users and API keys. Each role may do what the ones before it may.</summary>
[JsonConverter(typeof(AccessRoleNames))]
public enum AccessRole
{
    /// <summary>Nothing.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>Ask for rates.</summary>
    [JsonStringEnumMemberName("read")]
    Read,

    /// <summary>See and change how rates are fetched.</summary>
    [JsonStringEnumMemberName("ops")]
    Ops,

    /// <summary>Give and take away access.</summary>
    [JsonStringEnumMemberName("admin")]
    Admin,
}

/// <summary>Writes and reads roles by their names alone: a number could stand for a role above all that there are.</summary>
public sealed class AccessRoleNames() : JsonStringEnumConverter<AccessRole>(namingPolicy: null, allowIntegerValues: false);
