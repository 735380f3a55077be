using Rates.Api;

namespace Rates.Channels;

/// <summary>
/// What a broker's protocol does for one delivered message. Every method returns when the broker has confirmed what it did.
/// </summary>
internal interface IDelivery
{
    /// <summary>What was delivered.</summary>
    BrokerMessage Message { get; }

    /// <summary>Sends the answer to the client.</summary>
    /// <exception cref="UndeliverableException">The place where it should go is not there.</exception>
    Task ReplyAsync(OperationAnswer answer, CancellationToken cancellationToken);

    /// <summary>Puts a copy of the message, with the reason, into the dead-letter queue.</summary>
    Task BuryAsync(string reason, CancellationToken cancellationToken);

    /// <summary>Tells the broker that the message is done with.</summary>
    Task AcknowledgeAsync(CancellationToken cancellationToken);
}

/// <summary>The broker has no place for a reply.</summary>
/// <param name="why">What the broker said.</param>
internal sealed class UndeliverableException(string why) : Exception(why);
