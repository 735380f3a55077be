using Rates.Store;

namespace Rates.Clock.Bench;

/// <summary>SC-09: edits that must be refused, with the field that is at fault.</summary>
internal static class BadEdits
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A row for each edit.</summary>
    public static IEnumerable<Row> Rows()
    {
        var good = new ScheduleDefinition { Cron = "0 0 9 * * ?", Zone = "UTC" };
        (string What, ScheduleDefinition Edit, string Field)[] edits =
        [
            ("cron 61 * * * * ?", good with { Cron = "61 * * * * ?" }, "cron"),
            ("cron 0 0 0 30 2 ? (30 February)", good with { Cron = "0 0 0 30 2 ?" }, "cron"),
            ("cron * * * * * ? (every second)", good with { Cron = "* * * * * ?" }, "cron"),
            ("cron of 10,000 characters", good with { Cron = new string('1', 10_000) }, "cron"),
            ("cron of three fields", good with { Cron = "0 0 9" }, "cron"),
            ("no cron and no interval", good with { Cron = "" }, "cron"),
            ("zone Europe/Atlantis", good with { Zone = "Europe/Atlantis" }, "zone"),
            ("every 0", good with { Cron = "", Every = TimeSpan.Zero }, "every"),
            ("every -1 s", good with { Cron = "", Every = TimeSpan.FromSeconds(-1) }, "every"),
            ("every 1,000,000 days", good with { Cron = "", Every = TimeSpan.FromDays(1_000_000) }, "every"),
            ("minimum gap of 1 s", good with { MinimumGap = TimeSpan.FromSeconds(1) }, "minimumGap"),
        ];
        return edits.Select(edit => new Row("SC-09", edit.What, $"refused: {edit.Field}", Answer(edit.Edit)));
    }

    private static string Answer(ScheduleDefinition edit)
    {
        try
        {
            ScheduleCheck.Checked("ecb", edit, TimeSpan.FromMinutes(1), Now);
            return "accepted";
        }
        catch (ScheduleFormatException refused)
        {
            return $"refused: {refused.Field}";
        }
    }
}
