namespace Rates.Channels;

/// <summary>Pauses between attempts: each twice as long as the one before, up to a limit, with a part at random.</summary>
internal sealed class Backoff(TimeProvider time)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private int _attempts;

    /// <summary>Waits for the next pause.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => Task.Delay(Next(), time, cancellationToken);

    /// <summary>Begins with the shortest pause again.</summary>
    public void Reset() => _attempts = 0;

    /// <summary>The next pause: 100 to 150 milliseconds first, at last 15 to 22.5 seconds.</summary>
    public TimeSpan Next()
    {
        var whole = TimeSpan.FromTicks(Math.Min(Shortest.Ticks << Math.Min(_attempts++, 20), Longest.Ticks));
        return whole + TimeSpan.FromTicks(Random.Shared.NextInt64(whole.Ticks / 2));
    }
}
