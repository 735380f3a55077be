using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Rates.Store;
using Rates.Worker;

namespace Rates.Clock.Bench;

/// <summary>SC-13: the slots do not depend on the zone and the culture of the process.</summary>
internal static class ProcessZones
{
    private static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"];
    private static readonly string[] Crons = ["0 30 2 * * ?", "0 0/10 16-18 ? * MON-FRI", "0 H 6-9 * * ?", "30 9 * * MON"];

    private static readonly (string Zone, string Culture)[] Processes =
    [
        ("America/St_Johns", "tr_TR.UTF-8"), ("Asia/Kathmandu", "fa_IR.UTF-8"), ("Pacific/Apia", "ar_SA.UTF-8"), ("UTC", "C"),
        (":Nowhere/Bogus", "de_DE.UTF-8"),
    ];

    /// <summary>Every slot of two months round both changes of the clocks, as one digest.</summary>
    public static string Digest()
    {
        StringBuilder text = new();
        foreach (var start in new[] { new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero) })
        {
            foreach (var (zone, cron) in Zones.SelectMany(zone => Crons.Select(cron => (zone, cron))))
            {
                var due = ProviderSchedule.Parse("ecb", new ScheduleDefinition { Cron = cron, Zone = zone }).Due;
                for (var hour = 0; hour < 31 * 24; hour++)
                {
                    text.Append(SlotCalculator.Latest(due, null, start.AddHours(hour))?.ToUnixTimeSeconds() ?? 0).Append(' ');
                }
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text.ToString())))[..16];
    }

    /// <summary>A row for each zone and culture.</summary>
    public static async Task<IReadOnlyList<Row>> RowsAsync()
    {
        var own = Digest();
        List<Row> rows = [];
        foreach (var (zone, culture) in Processes)
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardOutput = true };
            if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
            {
                start.ArgumentList.Add(typeof(ProcessZones).Assembly.Location);
            }

            start.ArgumentList.Add("--slots");
            (start.Environment["TZ"], start.Environment["LC_ALL"]) = (zone, culture);
            using var process = Process.Start(start)!;
            var digest = (await process.StandardOutput.ReadToEndAsync()).Trim();
            await process.WaitForExitAsync();
            rows.Add(new("SC-13", $"TZ={zone} LC_ALL={culture}: slots of two months", own, digest));
        }

        return rows;
    }
}
