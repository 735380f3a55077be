namespace Rates.Api;

/// <summary>How one channel is doing, as <c>/v1/ops/channels</c> lists it. Counts are of this process since its start.</summary>
/// <param name="Name">The name of its block in the settings.</param>
/// <param name="Type">Such as <c>amqp10</c>.</param>
/// <param name="Address">Where it connects or listens, without credentials.</param>
/// <param name="IsOpen">True while it can answer; false while it connects, and after a failure.</param>
/// <param name="Since">Since when that is so.</param>
/// <param name="Operations">What may be asked over it.</param>
/// <param name="InHand">Requests that are being answered now.</param>
/// <param name="Requests">Requests answered, and messages moved to the dead-letter queue.</param>
/// <param name="Problems">Those of them that were answered with a problem, such as an unknown currency.</param>
/// <param name="Changes">Changes of rates that were sent; one that was sent to several followers counts for each.</param>
/// <param name="DeadLetters">Messages moved to the dead-letter queue.</param>
/// <param name="Failures">Failures of the transport, such as a lost connection.</param>
/// <param name="LastUsedAt">The last request or change; null before the first.</param>
/// <param name="LastFailure">The last failure or dead letter; null when there was none.</param>
/// <param name="LastFailureAt">When it happened.</param>
public sealed record ChannelState(
    string Name, string Type, string Address, bool IsOpen, DateTimeOffset Since, IReadOnlyList<string> Operations, int InHand,
    long Requests, long Problems, long Changes, long DeadLetters, long Failures, DateTimeOffset? LastUsedAt, string? LastFailure,
    DateTimeOffset? LastFailureAt);

/// <summary>The channels of this process. A process without one registers none.</summary>
public interface IChannelList
{
    /// <summary>Every channel, ordered by name.</summary>
    IReadOnlyList<ChannelState> Read();
}
