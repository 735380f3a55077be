using System.Diagnostics;

namespace Rates.Core.Tests;

public sealed class WorkPaceTests
{
    private static readonly long Microsecond = Stopwatch.Frequency / 1_000_000;

    [Fact]
    public void Long_work_rests_after_each_half_millisecond_of_pieces()
    {
        var pace = default(WorkPace);
        List<int> rests = [];
        var now = 5_000 * Microsecond;
        for (var piece = 1; piece <= 50; piece++)
        {
            if (pace.HasToRest(now))
            {
                rests.Add(piece);
                (pace, now) = (default, now + (1_100 * Microsecond));
            }

            now += 100 * Microsecond;
        }

        Assert.Equal([7, 14, 21, 28, 35, 42, 49], rests);
    }

    [Fact]
    public void Work_that_begins_or_that_did_not_run_for_a_while_does_not_rest_at_once()
    {
        var pace = default(WorkPace);
        var now = 5_000 * Microsecond;

        Assert.False(pace.HasToRest(now));
        Assert.False(pace.HasToRest(now += 400 * Microsecond));
        Assert.False(pace.HasToRest(now += 5_000 * Microsecond));
        Assert.False(pace.HasToRest(now += 400 * Microsecond));
        Assert.True(pace.HasToRest(now + (200 * Microsecond)));
    }
}
