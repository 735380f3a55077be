using Amqp;

namespace Rates.Channels;

/// <summary>
/// Lets the broker deliver as many messages as are answered at the same time. New credit is given when the last one is used up, and not
/// before: RabbitMQ 3.10 counts credit wrongly that it gets while messages are on their way, and sends more than it may.
/// </summary>
/// <param name="receiver">Where messages come from.</param>
/// <param name="most">Most messages that are delivered and not answered.</param>
internal sealed class AmqpCredit(ReceiverLink receiver, int most)
{
    private readonly Lock _lock = new();
    private int _granted;
    private int _inHand;

    /// <summary>Begins: every message is given to <paramref name="handle"/>, which must not wait.</summary>
    public void Start(Action<Message> handle)
    {
        receiver.Start(0, (_, message) =>
        {
            lock (_lock)
            {
                _granted--;
                _inHand++;
            }

            handle(message);
            Grant();
        });
        Grant();
    }

    /// <summary>A message is answered and accepted.</summary>
    public void Done()
    {
        lock (_lock)
        {
            _inHand--;
        }

        Grant();
    }

    private void Grant()
    {
        lock (_lock)
        {
            if (_granted == 0 && most > _inHand)
            {
                _granted = most - _inHand;
                receiver.SetCredit(_granted, CreditMode.Manual);
            }
        }
    }
}
