namespace Rates.Providers.Tests;

/// <summary>How long something takes the processor, however busy the machine is: for tests that run alone in their process.</summary>
internal static class ProcessorTime
{
    /// <summary>
    /// What <paramref name="work"/> takes; above <paramref name="limit"/> the least of up to eight times, since no pause of the
    /// collector and no work of the compiler comes that often.
    /// </summary>
    public static TimeSpan Of(Action work, TimeSpan limit)
    {
        var least = Once(work);
        for (var left = 7; least > limit && left > 0; left--)
        {
            least = TimeSpan.FromTicks(Math.Min(least.Ticks, Once(work).Ticks));
        }

        return least;
    }

    private static TimeSpan Once(Action work)
    {
        var before = Environment.CpuUsage.TotalTime;
        work();
        return Environment.CpuUsage.TotalTime - before;
    }
}
