using Rates.Store;

namespace Rates.Api;

/// <summary>
/// What a client is still to be told that has read the events up to one: what it missed, and which of those that happen are new.
/// </summary>
/// <remarks>
/// Sheets are told in the order in which they were published. So the id of the last event that a client has read tells what it has read,
/// whichever Api sent it.
/// </remarks>
internal sealed class ChangesSince
{
    // No Api is that long behind another one.
    private const long LongestLagMilliseconds = 3_600_000;

    private readonly RateBook _book;
    private readonly SheetVersion? _last;
    private bool _isBehind;

    /// <summary>Makes it of the present book.</summary>
    /// <param name="book">The book; what replaces it later is told by events.</param>
    /// <param name="last">The version of the last event that was read; null for a client that begins now.</param>
    public ChangesSince(RateBook book, SheetVersion? last)
    {
        var newest = SheetVersion.Newest(book.Entries.Select(entry => SheetVersion.Of(entry.Sheet)));

        // Who has the id of another store is told everything: nobody knows what it has missed.
        _book = book;
        _last = last is { } id && !book.IsBeforeStore && IsForeign(id, newest) ? new SheetVersion("", 0, default) : last;
        _isBehind = _last?.IsAfter(newest) == true;
    }

    /// <summary>Each provider's newest sheet that was published after the last event that was read, the oldest first.</summary>
    public IEnumerable<RateEvent> Missed => _last is not { } last
        ? []
        : _book.Entries.Where(entry => SheetVersion.PublishedOf(entry.Sheet).IsAfter(last)).Select(RateEvent.OfSheet)
            .OrderBy(change => change.Entry.Sheet!.PublishedVersion);

    /// <summary>False for an event that the client has read already, or that <see cref="Missed"/> has told it.</summary>
    public bool IsNew(RateEvent change)
    {
        if (_last is not { } last || change.Published is not { } version)
        {
            return true;
        }

        // An Api that began with an older copy of the rates, or that is behind the one that the client comes from, learns now what the
        // client knows.
        _isBehind = _isBehind && !version.IsAfter(last);
        return !(_isBehind && version.Epoch == last.Epoch)
            && version.IsAfter(SheetVersion.PublishedOf(_book.Find(change.Entry.Key)?.Sheet));
    }

    private static bool IsForeign(SheetVersion id, SheetVersion newest) => string.CompareOrdinal(id.Epoch, newest.Epoch) > 0
        || (id.Epoch == newest.Epoch && id.Version > newest.Version + LongestLagMilliseconds);
}
