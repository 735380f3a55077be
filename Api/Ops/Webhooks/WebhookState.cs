using Rates.Store;

namespace Rates.Api;

/// <summary>A receiver of changes of rates and how it is doing, as <c>/v1/ops/webhooks</c> answers it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Origin">Who set it: <c>settings</c> of workers, <c>operators</c>; <c>gone</c>: only messages are left.</param>
/// <param name="Address">Where it is, without anything secret; empty before a worker has told it.</param>
/// <param name="Events">Which changes it is told; empty for all.</param>
/// <param name="Providers">Of which providers; empty for all.</param>
/// <param name="Paused">True while nothing is posted to it: changes wait.</param>
/// <param name="Revision">For <c>If-Match</c>; 0 while operators set nothing.</param>
/// <param name="By">Who set what is set; left out when nobody did.</param>
/// <param name="At">When.</param>
/// <param name="Pending">Messages that wait to be posted.</param>
/// <param name="PendingSince">When the oldest of them was made; left out when none waits.</param>
/// <param name="NextTryAt">When the oldest of them is posted next; left out when none waits.</param>
/// <param name="DeadLetters">Messages that were given up and are kept.</param>
/// <param name="LastDelivery">The last message that it took; left out when there was none.</param>
/// <param name="LastFailure">The last message that it did not take, and why; left out when there was none.</param>
/// <param name="Set">What operators set; left out when they set nothing.</param>
/// <param name="Problem">Why what operators set is not used; left out when it is.</param>
internal sealed record WebhookState(
    string Name, string Origin, string Address, IReadOnlyList<string> Events, IReadOnlyList<string> Providers, bool Paused, long Revision,
    string? By, DateTimeOffset? At, int Pending, DateTimeOffset? PendingSince, DateTimeOffset? NextTryAt, int DeadLetters,
    WebhookMoment? LastDelivery, WebhookMoment? LastFailure, WebhookDefinition? Set, string? Problem)
{
    private const string OfOperators = "operators";

    /// <summary>The origin of one that the settings of the workers name.</summary>
    public const string OfSettings = "settings";

    /// <summary>The origin of one of which only messages are left.</summary>
    public const string Gone = "gone";

    /// <summary>Every webhook of which there is anything, by name.</summary>
    /// <param name="set">What operators set.</param>
    /// <param name="memory">What workers remember; null for nothing.</param>
    /// <param name="letters">What was given up.</param>
    public static IReadOnlyList<WebhookState> All(
        IReadOnlyDictionary<string, WebhookRecord> set, WebhookMemory? memory, IReadOnlyList<WithRevision<WebhookDeadLetter>> letters)
    {
        var (outbox, known) = (memory?.Outbox ?? [], memory?.Receivers ?? new Dictionary<string, WebhookReceiver>());
        return
        [
            .. from name in set.Keys.Concat(known.Where(one => one.Value.IsOfSettings).Select(one => one.Key))
                   .Concat(letters.Select(letter => letter.Value.Delivery.Subscription)).Concat(outbox.Select(one => one.Subscription))
                   .Distinct().Order(StringComparer.Ordinal)
               let pending = outbox.Where(one => one.Subscription == name).ToList()
               let dead = letters.Count(letter => letter.Value.Delivery.Subscription == name)
               select Of(name, set.GetValueOrDefault(name), known.GetValueOrDefault(name)) with
               {
                   Pending = pending.Count,
                   PendingSince = pending.FirstOrDefault()?.At,
                   NextTryAt = pending.FirstOrDefault()?.NotBefore,
                   DeadLetters = dead,
               },
        ];
    }

    private static WebhookState Of(string name, WebhookRecord? record, WebhookReceiver? known)
    {
        var (set, isOfSettings) = (record?.Value, known?.IsOfSettings == true);
        return new(
            name, isOfSettings ? OfSettings : record is null ? Gone : OfOperators,
            isOfSettings ? known!.Address : set?.ShownAddress ?? "",
            (isOfSettings ? known!.Events : set?.Events) ?? [], (isOfSettings ? known!.Providers : set?.Providers) ?? [],
            set?.Paused ?? false, record?.Revision ?? 0, record?.By, record?.At, 0, null, null, 0,
            known?.TakenAt is { } taken ? new(taken, known.Taken) : null, known?.FailedAt is { } failed ? new(failed, known.Failure) : null,
            set is { Secret: not null } ? set : null, ProblemOf(record, isOfSettings));
    }

    private static string? ProblemOf(WebhookRecord? record, bool isOfSettings) => record switch
    {
        null => null,
        { Value: null } => "what is stored cannot be read: set it again",
        { Value.Secret: not null } when isOfSettings => "the settings of the workers have one of the same name, which is used instead",
        { Value.Secret: null } when !isOfSettings => "it was paused while the settings had it, and they have it no more: remove it",
        _ => null,
    };
}

/// <summary>A message to a receiver and when it was posted.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="What">Such as <c>published ecb</c>, for a failure with the reason.</param>
internal sealed record WebhookMoment(DateTimeOffset At, string What);

/// <summary>A message that a receiver did not take for a day, as <c>/v1/ops/webhooks/{name}/dead-letters</c> lists it.</summary>
/// <param name="Id">Its id, which is sent as <c>X-Rates-Delivery</c>.</param>
/// <param name="Webhook">Whose it is.</param>
/// <param name="Event">published, revised, stale or failed.</param>
/// <param name="Provider">The provider that it tells of.</param>
/// <param name="At">When the change was seen, UTC.</param>
/// <param name="GivenUpAt">When it was given up.</param>
/// <param name="Attempts">How often it was posted.</param>
/// <param name="Reason">Why it was not taken the last time.</param>
/// <param name="SendAgain">True once an operator wants it posted again; it leaves the list within seconds.</param>
/// <param name="Body">What was posted.</param>
internal sealed record DeadLetterView(
    string Id, string Webhook, string Event, string Provider, DateTimeOffset At, DateTimeOffset GivenUpAt, int Attempts, string Reason,
    bool SendAgain, WebhookEvent Body)
{
    /// <summary>A stored letter's view.</summary>
    public static DeadLetterView Of(WebhookDeadLetter letter)
    {
        var delivery = letter.Delivery;
        return new(
            delivery.Id, delivery.Subscription, delivery.Change.Event, delivery.Change.Provider, delivery.At, letter.GivenUpAt,
            delivery.Attempts, delivery.Problem, letter.SendAgain, delivery.Change);
    }
}
