using System.Collections.Concurrent;
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

    private readonly ConcurrentDictionary<string, int> _queues = new();

    /// <summary>Gives a client a queue of changes, until <paramref name="follow"/> ends.</summary>
    /// <param name="client">Which client, for the limit.</param>
    /// <param name="follow">Reads the queue. It is completed when it is full, or its reader too slow.</param>
    /// <exception cref="ProblemException">429: the client follows too often; 503: too many clients follow.</exception>
    public async Task FollowAsync(string client, Func<ChannelReader<RateEvent>, Task> follow)
    {
        if (_queues.AddOrUpdate(client, 1, (_, count) => count + 1) > MaxPerClient)
        {
            Release(client);
            throw new ProblemException(
                StatusCodes.Status429TooManyRequests,
                $"{client} follows {MaxPerClient} streams already; one stream has the events of every provider");
        }

        var channel = Channel.CreateBounded<RateEvent>(QueueLength);
        try
        {
            if (!current.TryFollow(channel.Writer))
            {
                throw new ProblemException(StatusCodes.Status503ServiceUnavailable, $"{CurrentBook.MaxFollowers} clients follow already");
            }

            await follow(channel.Reader);
        }
        finally
        {
            current.Unfollow(channel.Writer);
            Release(client);
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

    private void Release(string client)
    {
        if (_queues.AddOrUpdate(client, 0, (_, count) => count - 1) <= 0)
        {
            _queues.TryRemove(new(client, 0));
        }
    }
}
