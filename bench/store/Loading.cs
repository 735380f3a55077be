using System.Diagnostics;
using System.Globalization;

namespace Rates.Store.Bench;

/// <summary>What it costs to read years of history from a store, before anything of them is in memory.</summary>
internal static class Loading
{
    private const int Times = 15;

    /// <summary>Reads the years of the first provider again and again, and prints the middle of the processor times.</summary>
    public static async Task PrintAsync(string where, int years)
    {
        await using var store = MadeUpRates.Open(where);
        var history = store.GetRequiredService<IHistory>();
        using var process = Process.GetCurrentProcess();
        List<double> costs = [];
        var figures = 0;
        for (var time = -5; time < Times; time++)
        {
            process.Refresh();
            var before = process.TotalProcessorTime;
            var days = await history.ReadDaysAsync("p000", new(2026 - years, 1, 1), new(2025, 12, 31), CancellationToken.None);
            process.Refresh();
            figures = days.Sum(day => day.Figures.Count);
            if (time >= 0)
            {
                costs.Add((process.TotalProcessorTime - before).TotalMilliseconds);
            }
        }

        costs.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{figures} figures {costs[Times / 2]:0} ms"));
    }
}
