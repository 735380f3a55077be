using Rates.Store;

namespace Rates.Worker;

/// <summary>Some messages that were posted to one receiver, in order.</summary>
/// <param name="Name">The receiver's name.</param>
/// <param name="Ids">The ids of all messages of the part, also of those that were not posted any more.</param>
/// <param name="Taken">What it took.</param>
/// <param name="Failed">What it did not take, with why and when it is tried again; null for nothing. Nothing was posted after it.</param>
/// <param name="Took">How long the last answer took, or the waiting for it.</param>
internal sealed record DeliveryPart(
    string Name, IReadOnlyList<string> Ids, IReadOnlyList<WebhookDelivery> Taken, WebhookDelivery? Failed, TimeSpan Took)
{
    /// <summary>What is remembered of the receiver after this part.</summary>
    public WebhookReceiver Remember(WebhookReceiver receiver, DateTimeOffset now)
    {
        var after = Taken is [.., var last] ? receiver with { TakenAt = now, Taken = NameOf(last) } : receiver;
        return Failed is null ? after : after with { FailedAt = now, Failure = $"{NameOf(Failed)}: {Failed.Problem}" };
    }

    /// <summary>A message for people, such as <c>published ecb</c>.</summary>
    public static string NameOf(WebhookDelivery message) => $"{message.Change.Event} {message.Change.Provider}";
}
