namespace Rates.Core;

/// <summary>Lets requests that take microseconds go before work that takes seconds, where both want the same processor.</summary>
/// <remarks>
/// The system lets a thread run for some milliseconds before it looks at others, which is long for such a request. So long work goes in
/// pieces, and after each a thread that waits for this processor runs first. Where none waits, that costs less than a microsecond. A lower
/// priority of the thread was measured and helps no more: threads that such a thread starts keep its priority, and it may be the one that
/// collects garbage while all others wait for it.
/// </remarks>
public static class LongWork
{
    /// <summary>Called by long work after each piece, of some ten to a hundred microseconds.</summary>
    public static void Yield() => Thread.Yield();
}
