namespace Rates.Api;

/// <summary>A whole answer of the Api kept in memory, ready to be sent again.</summary>
/// <param name="Query">The raw query that it answers.</param>
/// <param name="Accepted">The format that the Accept header requested.</param>
/// <param name="Body">Its bytes, and compressed copies when it is large.</param>
/// <param name="Headers">Its headers.</param>
internal sealed record CachedAnswer(string Query, AnswerFormat Accepted, EncodedBody Body, AnswerHeaders Headers);

/// <summary>
/// Keeps whole answers in memory for queries that are repeated, until the rates in memory change. Nothing is ever removed: changed rates
/// come with a new cache.
/// </summary>
/// <remarks>
/// At most 1,024 answers of 16 MB in all. An answer is kept when its query comes a second time: queries that never repeat cost
/// no memory.
/// </remarks>
/// <param name="book">The book that the answers are made of.</param>
internal sealed class AnswerCache(RateBook book)
{
    private const int Slots = 1024;
    private const int MaxBytes = 16 * 1024 * 1024;

    private readonly Slot[] _slots = new Slot[Slots];
    private int _bytes;

    /// <summary>The book that the answers are made of.</summary>
    public RateBook Book => book;

    /// <summary>The cached answer to a query; null when there is none.</summary>
    public CachedAnswer? Find(ReadOnlySpan<char> query, AnswerFormat accepted) => Find(query, Fingerprint.Of(query), accepted);

    /// <summary>The same, with the digest of the query.</summary>
    public CachedAnswer? Find(ReadOnlySpan<char> query, ulong print, AnswerFormat accepted) =>
        _slots[SlotOf(print)].Find(query, print, accepted);

    /// <summary>Keeps an answer if its query came before and there is room.</summary>
    public void Offer(ReadOnlySpan<char> query, AnswerFormat accepted, ReadOnlySpan<byte> body, in AnswerHeaders headers) =>
        Offer(query, Fingerprint.Of(query), accepted, body, headers);

    /// <summary>The same, with the digest of the query.</summary>
    public void Offer(ReadOnlySpan<char> query, ulong print, AnswerFormat accepted, ReadOnlySpan<byte> body, in AnswerHeaders headers)
    {
        ref var slot = ref _slots[SlotOf(print)];
        if (slot.Seen != print)
        {
            slot.Seen = print;
            return;
        }

        var replaced = slot.Bytes;
        if (Interlocked.Add(ref _bytes, body.Length - replaced) > MaxBytes)
        {
            Interlocked.Add(ref _bytes, replaced - body.Length);
            return;
        }

        slot.Keep(print, new(query.ToString(), accepted, new(body.ToArray(), headers.ETag), headers));
    }

    private static int SlotOf(ulong print) => (int)(print % Slots);

    // What a query that is not kept needs to find that out is side by side, and neither an answer nor its text is looked at for it.
    private struct Slot
    {
        private ulong _kept;
        private CachedAnswer? _answer;

        /// <summary>The digest of the query that came last without being kept.</summary>
        public ulong Seen;

        /// <summary>The bytes of the answer kept here; 0 for none.</summary>
        public readonly int Bytes => _answer?.Body.Bytes.Length ?? 0;

        /// <summary>The answer to a query, when it is kept here. Another thread may be writing its own: the text decides.</summary>
        public CachedAnswer? Find(ReadOnlySpan<char> query, ulong print, AnswerFormat accepted) =>
            Volatile.Read(ref _kept) == print && Volatile.Read(ref _answer) is { } answer && answer.Accepted == accepted
            && query.SequenceEqual(answer.Query)
                ? answer
                : null;

        /// <summary>Keeps an answer here in place of the one before.</summary>
        public void Keep(ulong print, CachedAnswer answer)
        {
            Volatile.Write(ref _answer, answer);
            Volatile.Write(ref _kept, print);
        }
    }
}
