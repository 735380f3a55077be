using System.Threading.Channels;

namespace Rates.Api;

/// <summary>The book that is in force. One reference: readers take no lock, and see the old one or the new one.</summary>
internal sealed class CurrentBook
{
    private readonly Lock _following = new();
    private readonly List<ChannelWriter<BookEvent>> _followers = [];
    private RateBook _book = RateBook.Empty;

    /// <summary>The book in force.</summary>
    public RateBook Book => Volatile.Read(ref _book);

    /// <summary>Puts a book in force and tells followers what it brought.</summary>
    public void Swap(RateBook book, IReadOnlyList<BookEvent> news)
    {
        Volatile.Write(ref _book, book);
        if (news.Count == 0)
        {
            return;
        }

        lock (_following)
        {
            foreach (var follower in _followers)
            {
                // A follower too slow to keep up is cut off: it comes back and is told of what it missed.
                if (!news.All(follower.TryWrite))
                {
                    follower.TryComplete();
                }
            }
        }
    }

    /// <summary>Adds a follower; false when there are too many.</summary>
    public bool TryFollow(ChannelWriter<BookEvent> follower)
    {
        lock (_following)
        {
            if (_followers.Count >= Limits.Followers)
            {
                return false;
            }

            _followers.Add(follower);
            return true;
        }
    }

    /// <summary>Takes a follower off.</summary>
    public void Unfollow(ChannelWriter<BookEvent> follower)
    {
        lock (_following)
        {
            _followers.Remove(follower);
        }
    }
}
