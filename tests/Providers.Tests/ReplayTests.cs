using System.Text;

namespace Rates.Providers.Tests;

/// <summary>The histories at hand pass the ingest rules: nothing of a currency that did not exist, and no good day refused.</summary>
/// <remarks>Run alone with <c>--output Detailed</c>, it prints the counts of every provider.</remarks>
public sealed class ReplayTests(ITestOutputHelper output)
{
    [Fact]
    public void No_label_outside_its_life_is_accepted_and_no_good_day_is_refused()
    {
        Assert.SkipUnless(
            CaptureFolder.Captures is not null,
            "no recorded captures beside the project (../shared/captures, or the folder RATES_CAPTURES names)");
        var counts = HistoryReplay.OfRecordings().Run().ToList();

        output.WriteLine(Table(counts));

        Assert.Empty(counts.SelectMany(count => count.OutsideLife));
        Assert.Empty(counts.SelectMany(count => count.RefusedDays.Select(day => $"{count.Provider} {day}")));
        Assert.Empty(counts.Where(count => count.DaysTried > 0).SelectMany(count => count.KeptAside));
        Assert.Equal(
            ["bnr", "cbr", "cnb", "ecb", "hmrc", "lb", "nbp", "rba"], counts.Where(count => count.DaysTried > 0)
                .Select(count => count.Provider));
    }

    private static string Table(IEnumerable<ReplayCount> counts)
    {
        var table = new StringBuilder($"{"provider",-18}{"days",7}{"figures",9}{"outside life",14}{"days refused",14}  refused rows\n");
        foreach (var count in counts)
        {
            var days = count.DaysTried > 0 ? $"{count.RefusedDays.Count} of {count.DaysTried}" : "-";
            table.Append($"{count.Provider,-18}{count.Days,7}{count.Figures,9}{count.OutsideLife.Count,14}{days,14}  ")
                .AppendJoin(", ", count.Refused.OrderBy(reason => reason.Key, StringComparer.Ordinal)
                    .Select(reason => $"{reason.Key} {reason.Value}"))
                .Append('\n');
            foreach (var line in count.KeptAside.Select(aside => aside.Reason).Concat(count.RefusedDays))
            {
                table.Append($"    {line}\n");
            }
        }

        return table.ToString();
    }
}
