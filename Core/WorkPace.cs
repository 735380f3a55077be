using System.Diagnostics;

namespace Rates.Core;

/// <summary>How long a thread has been at long work without a rest. A rest begins with the default value.</summary>
internal struct WorkPace
{
    private static readonly long Longest = Stopwatch.Frequency / 2_000;

    private long _began;
    private long _last;

    /// <summary>Called after each piece of work: true when the thread has worked for more than half a millisecond.</summary>
    /// <param name="now">The time, as <see cref="Stopwatch.GetTimestamp"/>.</param>
    public bool HasToRest(long now)
    {
        // A piece is far shorter, so this is the first one of other work, or the thread did not run.
        if (_last == 0 || now - _last > Longest)
        {
            _began = now;
        }

        _last = now;
        return now - _began > Longest;
    }
}
