using Amqp;
using Amqp.Framing;

namespace Rates.Channels;

/// <summary>
/// The links to the addresses that messages are sent to: kept, because each client has its own reply address and asks more than once.
/// The link that was used longest ago goes when there are too many.
/// </summary>
internal sealed class AmqpSenders(Connection connection)
{
    /// <summary>The durability of what belongs to this service: RabbitMQ makes a queue that is not there with it.</summary>
    public const uint Durable = 1;

    private const int MaxLinks = 200;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly LinkedList<(string Address, SenderLink Link)> _links = [];
    private Session? _session;

    /// <summary>Makes an address of this service at the broker where it can, and finds out at once whether it is right.</summary>
    /// <exception cref="IOException">The broker has no such address.</exception>
    public Task OpenAsync(string address, TimeProvider time, CancellationToken cancellationToken)
    {
        var attached = new AmqpAttach(address);
        var link = new SenderLink(
            new Session(connection), $"rates-{Guid.NewGuid():N}", new Target { Address = address, Durable = Durable }, attached.OnAttached);
        link.AddClosedCallback(attached.OnClosed);
        return attached.WaitAsync(time, cancellationToken);
    }

    /// <summary>Sends a message and waits until it is accepted.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="durability">That of the address; 0 for one of a client, which may be of any kind.</param>
    /// <param name="message">The message.</param>
    /// <exception cref="UndeliverableException">The broker has no such address, or refuses the message there.</exception>
    /// <exception cref="AmqpException">The connection failed.</exception>
    /// <exception cref="TimeoutException">There was no outcome in time.</exception>
    public async Task SendAsync(string address, uint durability, Message message)
    {
        var link = LinkTo(address, durability);
        try
        {
            await link.SendAsync(message, Longest);
        }
        catch (AmqpException) when (!connection.IsClosed)
        {
            // One wrong address may end the session of all, so another one's failure is no proof: it is tried alone.
            Forget(link);
            await SendAloneAsync(address, durability, message);
        }
    }

    private static SenderLink NewLink(Session session, string address, uint durability) =>
        new(session, $"rates-{Guid.NewGuid():N}", new Target { Address = address, Durable = durability }, null);

    private async Task SendAloneAsync(string address, uint durability, Message message)
    {
        var session = new Session(connection);
        try
        {
            await NewLink(session, address, durability).SendAsync(message, Longest);
        }
        catch (AmqpException refused) when (!connection.IsClosed)
        {
            throw new UndeliverableException(refused.Message);
        }
        finally
        {
            session.Close(TimeSpan.Zero, null);
        }
    }

    private SenderLink LinkTo(string address, uint durability)
    {
        lock (_lock)
        {
            if (_session is null || _session.IsClosed)
            {
                _links.Clear();
                _session = new(connection);
            }

            for (var node = _links.First; node is not null; node = node.Next)
            {
                if (node.Value.Address == address && !node.Value.Link.IsClosed)
                {
                    _links.Remove(node);
                    _links.AddFirst(node);
                    return node.Value.Link;
                }
            }

            var link = NewLink(_session, address, durability);
            _links.AddFirst((address, link));
            if (_links.Count > MaxLinks)
            {
                _links.Last!.Value.Link.Close(TimeSpan.Zero, null);
                _links.RemoveLast();
            }

            return link;
        }
    }

    private void Forget(SenderLink link)
    {
        lock (_lock)
        {
            if (_links.FirstOrDefault(one => one.Link == link) is { Link: not null } known)
            {
                _links.Remove(known);
            }
        }
    }
}
