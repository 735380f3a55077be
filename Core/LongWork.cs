using System.Diagnostics;

namespace Rates.Core;

/// <summary>Lets requests that take microseconds go before work that takes seconds, where both want the same processor.</summary>
/// <remarks>
/// The system lets a thread run for some milliseconds before it looks at others, which is long for such a request. So long work goes in
/// pieces, and after each a thread that waits for this processor runs first. Where none waits, that costs less than a microsecond. A lower
/// priority of the thread was measured and helps no more: threads that such a thread starts keep its priority, and it may be the one that
/// collects garbage while all others wait for it. While short requests come, long work also rests for a millisecond after each half that
/// it has worked: so it takes longer, and the collector, which stops everything and runs the more often the faster long work goes, meets
/// fewer of them.
/// </remarks>
public static class LongWork
{
    // Short requests came lately when one came within this time.
    private const long LatelyMilliseconds = 100;

    private static long _shortWorkAt = -LatelyMilliseconds;

    [ThreadStatic]
    private static WorkPace _pace;

    /// <summary>Tells that a short request is being answered.</summary>
    /// <param name="tick">The time, as <see cref="Environment.TickCount64"/>.</param>
    public static void TellOfShortWork(long tick) => Volatile.Write(ref _shortWorkAt, tick);

    /// <summary>Called by long work after each piece, of some ten to a hundred microseconds, while it holds no lock.</summary>
    public static void Yield()
    {
        if (Environment.TickCount64 - Volatile.Read(ref _shortWorkAt) < LatelyMilliseconds && _pace.HasToRest(Stopwatch.GetTimestamp()))
        {
#pragma warning disable RS0030 // Long work is not asynchronous, and its thread would otherwise be busy: nobody gets it sooner without this.
            Thread.Sleep(1);
#pragma warning restore RS0030
            _pace = default;
        }
        else
        {
            Thread.Yield();
        }
    }
}
