namespace Rates.Worker;

/// <summary>Sends alerts to one receiver, such as a mail server or a webhook.</summary>
internal interface IAlertChannel
{
    /// <summary>Its name among all receivers, for logs and for what is still to be sent; nothing secret.</summary>
    string Name { get; }

    /// <summary>Delivers a message.</summary>
    /// <exception cref="AlertException">It was not taken.</exception>
    Task SendAsync(AlertMessage message, CancellationToken cancellationToken);
}

/// <summary>Thrown when a receiver did not take an alert, or a change of rates that it subscribed to.</summary>
/// <param name="why">What the receiver answered, or what is in its way; nothing secret.</param>
/// <param name="inner">What was thrown; null for an answer.</param>
internal sealed class AlertException(string why, Exception? inner = null) : Exception(why, inner)
{
    /// <summary>The HTTP status that it answered; null when there was no answer.</summary>
    public int? Status { get; init; }
}
