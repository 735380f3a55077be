using System.Text.Json.Serialization;

namespace Rates.Worker;

/// <summary>
/// What workers remember about alerts between looks: who was told what, and what is still to be sent. One document of the store.
/// </summary>
internal sealed record AlertMemory
{
    /// <summary>Providers that are not well, or were said not to be, by key.</summary>
    public IReadOnlyDictionary<string, ProviderAlert> Providers { get; init => field = value ?? new Dictionary<string, ProviderAlert>(); } =
        new Dictionary<string, ProviderAlert>();

    /// <summary>Messages that are still to be sent, oldest first.</summary>
    public IReadOnlyList<AlertMessage> Outbox { get; init => field = value ?? []; } = [];

    /// <summary>When messages were made in the last hour.</summary>
    public IReadOnlyList<DateTimeOffset> Made { get; init => field = value ?? []; } = [];
}

/// <summary>What alerts have told about one provider, and since when its present state lasts.</summary>
/// <param name="Seen">The state it was last seen in.</param>
/// <param name="Since">Since when it is in that state.</param>
/// <param name="Told">The state that was last told.</param>
internal sealed record ProviderAlert(ProviderCondition Seen, DateTimeOffset Since, ProviderCondition Told);

/// <summary>One alert to all receivers: the changes of providers' states, and to whom it has still to be sent.</summary>
/// <param name="Id">Unique; a receiver that gets a message twice knows it by this.</param>
/// <param name="At">When it was made.</param>
/// <param name="Items">What it tells, at least one.</param>
/// <param name="Channels">Names of the receivers that it was not delivered to yet.</param>
/// <param name="Attempts">How often delivery failed so far.</param>
/// <param name="NotBefore">When it is tried again.</param>
internal sealed record AlertMessage(
    string Id, DateTimeOffset At, IReadOnlyList<AlertItem> Items, IReadOnlyList<string> Channels, int Attempts, DateTimeOffset NotBefore)
{
    /// <summary>One line.</summary>
    [JsonIgnore]
    public string Subject => Items is [var only]
        ? $"Rates: {only.Provider} ({only.Name}) {only.Text}"
        : $"Rates: {Items.Count - WellAgain} providers in trouble, {WellAgain} well again";

    /// <summary>The whole text, a line an item.</summary>
    [JsonIgnore]
    public string Text => Items.Count == 1
        ? Subject
        : string.Join('\n', [Subject, .. Items.Select(item => $"{item.Provider} ({item.Name}): {item.Text}")]);

    private int WellAgain => Items.Count(item => item.State == ProviderCondition.Well);
}

/// <summary>The change of one provider's state that an alert tells about.</summary>
/// <param name="Provider">The provider's key.</param>
/// <param name="Name">The institution's name.</param>
/// <param name="State">The new state.</param>
/// <param name="Before">The state told before.</param>
/// <param name="Since">Since when it is in the new state.</param>
/// <param name="AsOf">The newest day of its sheet; null when it has none.</param>
/// <param name="Missed">Publications missed.</param>
/// <param name="Text">What to say to people.</param>
internal sealed record AlertItem(
    string Provider, string Name, ProviderCondition State, ProviderCondition Before, DateTimeOffset Since, DateOnly? AsOf, int Missed,
    string Text);

/// <summary>JSON metadata of alerts as they are stored and sent.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AlertMemory))]
[JsonSerializable(typeof(WebhookBody))]
internal sealed partial class AlertJson : JsonSerializerContext;
