using System.Threading.Channels;

namespace Rates.Api;

/// <summary>
/// Holds the book (the rates in memory that requests are answered from), replaces it when rates change, and sends the changes to those who
/// follow them, such as <c>/v1/events</c>. Readers take no lock.
/// </summary>
internal sealed class CurrentBook
{
    /// <summary>The most followers at a time.</summary>
    public const int MaxFollowers = 200;

    private readonly Lock _following = new();
    private readonly Lock _swapping = new();
    private string[] _kept = [];
    private readonly List<ChannelWriter<RateEvent>> _followers = [];
    private RateBook _stored = RateBook.Empty;
    private RateBook _book = RateBook.Empty;

    /// <summary>The current book.</summary>
    public RateBook Book => Volatile.Read(ref _book);

    /// <summary>The current book without the providers that only <see cref="Keep"/> names: what the next one is made of.</summary>
    public RateBook Stored => Volatile.Read(ref _stored);

    /// <summary>
    /// From now on the book has an entry of each of these providers, without rates where nobody has announced it, and none that only an
    /// earlier call named.
    /// </summary>
    /// <param name="providers">Provider keys; <c>all</c> is none.</param>
    public void Keep(IEnumerable<string> providers)
    {
        lock (_swapping)
        {
            _kept = [.. providers.Where(key => key != DefaultProviderKeys.All).Distinct(StringComparer.Ordinal)];
            Volatile.Write(ref _book, _stored.With(_kept));
        }
    }

    /// <summary>Replaces the book and sends the events to every follower.</summary>
    public void Swap(RateBook book, IReadOnlyList<RateEvent> events)
    {
        lock (_swapping)
        {
            Volatile.Write(ref _stored, book);
            Volatile.Write(ref _book, book.With(_kept));
        }

        if (events.Count == 0)
        {
            return;
        }

        lock (_following)
        {
            foreach (var follower in _followers)
            {
                // A follower whose queue is full is disconnected; when it connects again it gets what it missed.
                if (!events.All(follower.TryWrite))
                {
                    follower.TryComplete();
                }
            }
        }
    }

    /// <summary>How many follow now.</summary>
    public int Followers
    {
        get
        {
            lock (_following)
            {
                return _followers.Count;
            }
        }
    }

    /// <summary>Adds a follower; false when there are too many.</summary>
    public bool TryFollow(ChannelWriter<RateEvent> follower)
    {
        lock (_following)
        {
            if (_followers.Count >= MaxFollowers)
            {
                return false;
            }

            _followers.Add(follower);
            return true;
        }
    }

    /// <summary>Removes a follower.</summary>
    public void Unfollow(ChannelWriter<RateEvent> follower)
    {
        lock (_following)
        {
            _followers.Remove(follower);
        }
    }
}
