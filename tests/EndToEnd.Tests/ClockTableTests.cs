using System.Diagnostics;
using Rates.Testing;

namespace Rates.EndToEnd.Tests;

/// <summary>The table of schedules under changed clocks, as the command prints it.</summary>
public sealed class ClockTableTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_line_of_the_clock_table_holds()
    {
        var run = await ProgramRun.OfAsync(
            new ProcessStartInfo("dotnet", [RatesProcess.FileOf("Clock.Bench")]), Eventually.Limit,
            TestContext.Current.CancellationToken);

        output.WriteLine(run.Output);
        Assert.True(run.Code == 0, run.Output + run.Error);
        Assert.Equal(48, run.Output.Split('\n').Count(line => line.StartsWith("SC-14", StringComparison.Ordinal)));
        Assert.All(["SC-09", "SC-10", "SC-11", "SC-12", "SC-13"], id => Assert.Contains(id, run.Output, StringComparison.Ordinal));
    }
}
