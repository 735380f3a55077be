using System.Text.Json.Serialization;

namespace Rates.Store;

/// <summary>The roles of users and API keys. Each role may do what the ones before it may.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AccessRole>))]
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
