using System.Text.Json.Serialization;

namespace Rates.Store;

/// <summary>
/// A receiver of changes of rates that operators set at run time. For one of the settings, only <see cref="Paused"/> counts.
/// </summary>
public sealed record WebhookDefinition
{
    // The generated reader sets members that are not in the JSON to null: what they are instead is decided when they are read.

    /// <summary>The address that changes are posted to; null where <see cref="AddressFrom"/> names it.</summary>
    public string? Address { get; init; }

    /// <summary>Where workers find the address, for one that is itself a secret; null for none.</summary>
    public SecretReference? AddressFrom { get; init; }

    /// <summary>Where workers find the secret that each message is signed with.</summary>
    public SecretReference? Secret { get; init; }

    /// <summary>Which changes are told: published, revised, stale, failed; empty for all.</summary>
    public IReadOnlyList<string> Events { get => field ?? []; init; }

    /// <summary>Keys of the providers whose changes are told; empty for all.</summary>
    public IReadOnlyList<string> Providers { get => field ?? []; init; }

    /// <summary>True: nothing is posted, and changes wait.</summary>
    public bool Paused { get; init; }

    /// <summary>The address for people, without anything secret; empty where none is set.</summary>
    [JsonIgnore]
    public string ShownAddress => Address ?? (AddressFrom is null ? "" : $"address from {AddressFrom}");

    /// <summary>For the record of changes: the address where it is none of the secrets, and where secrets are found.</summary>
    public string Summary() => string.Join(
        "; ",
        [
            .. Address is null ? Array.Empty<string>() : [$"address {Address}"],
            .. AddressFrom is null ? Array.Empty<string>() : [$"address from {AddressFrom}"],
            .. Secret is null ? Array.Empty<string>() : [$"secret from {Secret}"],
            .. Events.Count == 0 ? Array.Empty<string>() : [$"events {string.Join(", ", Events)}"],
            .. Providers.Count == 0 ? Array.Empty<string>() : [$"providers {string.Join(", ", Providers)}"],
            Paused ? "paused" : "active",
        ]);
}

/// <summary>The names of webhooks.</summary>
public static class WebhookName
{
    /// <summary>What a name looks like, for messages.</summary>
    public const string Form = "1 to 32 lower-case letters, digits, dashes and underscores";

    /// <summary>True for the name that a webhook may have.</summary>
    public static bool IsOne(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is > 0 and <= 32
            && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_');
    }
}

/// <summary>An operator's webhook as read from the store, with who made it and when.</summary>
/// <param name="Revision">Rises with every change.</param>
/// <param name="At">When it was set, UTC, by the store's clock.</param>
/// <param name="By">Who set it.</param>
/// <param name="Value">The webhook; null when it cannot be read.</param>
public sealed record WebhookRecord(long Revision, DateTimeOffset At, string By, WebhookDefinition? Value);
