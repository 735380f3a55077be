namespace Rates.Store;

/// <summary>
/// Computes when a provider is due for fetching at a fixed interval, counted from one instant in the past, so that every worker gets the
/// same instants.
/// </summary>
internal sealed class FixedInterval : IDueTimes
{
    private static readonly DateTimeOffset Anchor = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TimeSpan _interval;
    private readonly DateTimeOffset _first;

    /// <param name="interval">Between two due instants; above zero.</param>
    /// <param name="key">Providers of one interval are not all due at the same time: the key decides where in the interval.</param>
    public FixedInterval(TimeSpan interval, string key)
    {
        _interval = interval;
        var wholeSeconds = Math.Max(1, interval.Ticks / TimeSpan.TicksPerSecond);
        _first = Anchor.AddSeconds(StableHash.Of(key) % wholeSeconds);
    }

    /// <inheritdoc/>
    public string Expression => $"every {_interval:c}";

    /// <inheritdoc/>
    public DateTimeOffset? NextAfter(DateTimeOffset after)
    {
        var passed = after < _first ? -1 : (after - _first).Ticks / _interval.Ticks;
        var next = _first + (_interval * (passed + 1));
        return next;
    }
}
