using System.Globalization;
using System.Threading.Channels;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Lets clients follow the changes of rates, over whatever transport: each gets a queue of its own, and what it missed since the last
/// event that it read. One client has a limited number of queues.
/// </summary>
internal sealed class ChangeFollowers(CurrentBook current)
{
    /// <summary>Most queues of one client at a time.</summary>
    public const int MaxPerClient = 20;

    private const int QueueLength = 256;

    private readonly Lock _lock = new();

    // Of each client its queues, the oldest first.
    private readonly Dictionary<string, List<ChannelWriter<RateEvent>>> _queues = new(StringComparer.Ordinal);

    /// <summary>Gives a client a queue of changes, until <paramref name="follow"/> ends.</summary>
    /// <param name="client">Which client, for the limit.</param>
    /// <param name="follow">
    /// Reads the queue. It is completed when it is full, its reader too slow, or its place needed for a client that has fewer.
    /// </param>
    /// <exception cref="ProblemException">429: the client follows too often; 503: too many clients follow.</exception>
    public async Task FollowAsync(string client, Func<ChannelReader<RateEvent>, Task> follow)
    {
        var channel = Channel.CreateBounded<RateEvent>(QueueLength);
        Add(client, channel.Writer);
        try
        {
            await follow(channel.Reader);
        }
        finally
        {
            current.Unfollow(channel.Writer);
            Remove(client, channel.Writer);
        }
    }

    /// <summary>What a client is still to be told that has read the events up to one; call it once the client has its queue.</summary>
    /// <param name="lastId">The id of the event; empty, and any text that is no id, for a client that begins now.</param>
    public ChangesSince Since(string lastId) => new(current.Book, VersionOf(lastId));

    /// <summary>The version that an event's id stands for; null for a text that is no such id.</summary>
    public static SheetVersion? VersionOf(string id) =>
        id.Split(':') is [var epoch, var number] && IsEpoch(epoch)
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? new(epoch, version, default)
            : null;

    // An empty one is before all: so sheets are numbered that no store has.
    private static bool IsEpoch(string text) =>
        text.Length == 0 || (text.Split('-') is [{ Length: > 0 } time, { Length: > 0 } random]
            && time.All(char.IsAsciiDigit) && random.All(char.IsAsciiLetterOrDigit));

    private void Add(string client, ChannelWriter<RateEvent> queue)
    {
        lock (_lock)
        {
            var own = _queues.GetValueOrDefault(client)?.Count ?? 0;
            if (own >= MaxPerClient)
            {
                throw new ProblemException(
                    StatusCodes.Status429TooManyRequests,
                    $"{client} follows {MaxPerClient} streams already; one stream has the events of every provider");
            }

            if (!current.TryFollow(queue) && !(MakeRoom(own + 1) && current.TryFollow(queue)))
            {
                throw new ProblemException(StatusCodes.Status503ServiceUnavailable, $"{CurrentBook.MaxFollowers} clients follow already");
            }

            if (!_queues.TryGetValue(client, out var queues))
            {
                _queues[client] = queues = [];
            }

            queues.Add(queue);
        }
    }

    // Ends the oldest stream of the client that has most, if it has more than the one that comes would have: no few clients can keep
    // others out, whether they read or not.
    private bool MakeRoom(int than)
    {
        if (_queues.Values.MaxBy(queues => queues.Count) is not { } most || most.Count <= than)
        {
            return false;
        }

        current.Unfollow(most[0]);
        most[0].TryComplete();
        most.RemoveAt(0);
        return true;
    }

    private void Remove(string client, ChannelWriter<RateEvent> queue)
    {
        lock (_lock)
        {
            if (_queues.TryGetValue(client, out var queues) && queues.Remove(queue) && queues.Count == 0)
            {
                _queues.Remove(client);
            }
        }
    }
}
