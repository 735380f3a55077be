using System.Text;
using Rates.Testing;

namespace Rates.Providers.Tests;

/// <summary>The histories at hand pass the ingest rules: nothing of a currency that did not exist, and no good day refused.</summary>
/// <remarks>Run alone with <c>--output Detailed</c>, it prints the counts of every provider.</remarks>
public sealed class ReplayTests(ITestOutputHelper output)
{
    // Both tests look at the same crosses of each day; the tests of a class run one after the other.
    private static readonly Lazy<IReadOnlyList<RecordedHistory>> Histories = new(RecordedHistory.All);

    [Fact]
    public void No_label_outside_its_life_is_accepted_and_no_good_day_is_refused()
    {
        Assert.SkipUnless(
            CaptureFolder.Captures is not null,
            Recordings.NoCaptures);
        var counts = new HistoryReplay(Histories.Value).Run().ToList();

        output.WriteLine(Table(counts));

        Assert.Empty(counts.SelectMany(count => count.OutsideLife));
        Assert.Empty(counts.SelectMany(count => count.RefusedDays.Select(day => $"{count.Provider} {day}")));
        Assert.Empty(counts.Where(count => count.DaysTried > 0).SelectMany(count => count.KeptAside));
        Assert.Equal(
            ["bnr", "cbr", "cnb", "ecb", "hmrc", "lb", "nbp", "rba"], counts.Where(count => count.DaysTried > 0)
                .Select(count => count.Provider));
    }

    [Fact]
    public void No_good_figure_is_refused_because_of_other_providers()
    {
        Assert.SkipUnless(
            CaptureFolder.Captures is not null,
            Recordings.NoCaptures);
        var counts = new WitnessReplay(Histories.Value).Run().ToList();

        output.WriteLine(Table(counts));

        Assert.Empty(counts.SelectMany(count => count.RefusedDays.Select(day => $"{count.Provider} {day:yyyy-MM-dd}")));
        Assert.Equal(
            WitnessReplay.Known().Order(StringComparer.Ordinal),
            counts.SelectMany(count => count.Alarms.Select(alarm => alarm.Observation)
                    .Select(figure => $"{count.Provider} {figure.AsOf:yyyy-MM-dd} {figure.Pair}"))
                .Distinct().Order(StringComparer.Ordinal));

        // A replay in which nobody is asked would find nothing.
        Assert.InRange(counts.Sum(count => count.Doubtful), 1_000, int.MaxValue);
        Assert.InRange(counts.Sum(count => count.FirstsHeld), 2_000, int.MaxValue);
    }

    private static string Table(IReadOnlyList<WitnessCount> counts)
    {
        var table = new StringBuilder(
            "provider              days held with others  first held with others  figures of others  refused rows  days"
                + "  unconfirmed  accepted\n");
        foreach (var count in counts)
        {
            table.Append(Row(count.Provider, [count]));
            foreach (var alarm in count.Alarms)
            {
                table.Append($"    {alarm.Reason}\n");
            }
        }

        return table.Append(Row("all", counts)).ToString();
    }

    private static string Row(string name, IReadOnlyList<WitnessCount> counts) =>
        $"{name,-18}{counts.Sum(count => count.Days),8}{counts.Sum(count => count.Doubtful),17}{counts.Sum(count => count.Firsts),7}"
        + $"{counts.Sum(count => count.FirstsHeld),17}{counts.Sum(count => count.Witnesses),19}"
        + $"{counts.Sum(count => count.Alarms.Count),14}{counts.Sum(count => count.RefusedDays.Count),6}"
        + $"{counts.Sum(count => count.Unconfirmed),13}{counts.Sum(count => count.Accepted),10}\n";

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
