namespace Rates.Api;

/// <summary>An answer as it was given: body, headers and how long it is right.</summary>
/// <param name="Query">The raw query it answers.</param>
/// <param name="Accepted">The format that the Accept header asked for.</param>
/// <param name="Body">The bytes.</param>
/// <param name="Facts">Its headers.</param>
internal sealed record CachedAnswer(string Query, AnswerFormat Accepted, byte[] Body, AnswerHeaders Facts);

/// <summary>Whole answers of one book, for queries that come again. It dies with its book, so it never needs to forget.</summary>
/// <remarks>Bounded in places and bytes. A query is kept when it comes a second time: random ones cost no memory.</remarks>
internal sealed class AnswerCache
{
    private const int Places = 1024;
    private const int MaxBytes = 16 * 1024 * 1024;

    private readonly CachedAnswer?[] _answers = new CachedAnswer?[Places];
    private readonly ulong[] _seen = new ulong[Places];
    private int _bytes;

    /// <summary>The answer to a query given before; null when there is none.</summary>
    public CachedAnswer? Find(string query, AnswerFormat accepted) =>
        Volatile.Read(ref _answers[PlaceOf(Fingerprint.Of(query))]) is { } answer && answer.Accepted == accepted && answer.Query == query ? answer : null;

    /// <summary>Keeps an answer if its query was seen before and there is room.</summary>
    public void Offer(string query, AnswerFormat accepted, ReadOnlySpan<byte> body, in AnswerHeaders facts)
    {
        var print = Fingerprint.Of(query);
        var place = PlaceOf(print);
        if (_seen[place] != print)
        {
            _seen[place] = print;
            return;
        }

        var replaced = _answers[place]?.Body.Length ?? 0;
        if (Interlocked.Add(ref _bytes, body.Length - replaced) > MaxBytes)
        {
            Interlocked.Add(ref _bytes, replaced - body.Length);
            return;
        }

        Volatile.Write(ref _answers[place], new(query, accepted, body.ToArray(), facts));
    }

    private static int PlaceOf(ulong print) => (int)(print % Places);
}
