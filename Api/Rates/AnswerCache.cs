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

    private readonly CachedAnswer?[] _answers = new CachedAnswer?[Slots];
    private readonly ulong[] _seen = new ulong[Slots];
    private int _bytes;

    /// <summary>The book that the answers are made of.</summary>
    public RateBook Book => book;

    /// <summary>The cached answer to a query; null when there is none.</summary>
    public CachedAnswer? Find(ReadOnlySpan<char> query, AnswerFormat accepted) => Find(query, Fingerprint.Of(query), accepted);

    /// <summary>The same, with the digest of the query.</summary>
    public CachedAnswer? Find(ReadOnlySpan<char> query, ulong print, AnswerFormat accepted) =>
        Volatile.Read(ref _answers[SlotOf(print)]) is { } answer && answer.Accepted == accepted && query.SequenceEqual(answer.Query)
            ? answer
            : null;

    /// <summary>Keeps an answer if its query came before and there is room.</summary>
    public void Offer(ReadOnlySpan<char> query, AnswerFormat accepted, ReadOnlySpan<byte> body, in AnswerHeaders headers) =>
        Offer(query, Fingerprint.Of(query), accepted, body, headers);

    /// <summary>The same, with the digest of the query.</summary>
    public void Offer(ReadOnlySpan<char> query, ulong print, AnswerFormat accepted, ReadOnlySpan<byte> body, in AnswerHeaders headers)
    {
        var slot = SlotOf(print);
        if (_seen[slot] != print)
        {
            _seen[slot] = print;
            return;
        }

        var replaced = _answers[slot]?.Body.Bytes.Length ?? 0;
        if (Interlocked.Add(ref _bytes, body.Length - replaced) > MaxBytes)
        {
            Interlocked.Add(ref _bytes, replaced - body.Length);
            return;
        }

        Volatile.Write(ref _answers[slot], new(query.ToString(), accepted, new(body.ToArray(), headers.ETag), headers));
    }

    private static int SlotOf(ulong print) => (int)(print % Slots);
}
