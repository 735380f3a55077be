using Rates.Store;
using Rates.Worker;

namespace Rates.Clock.Bench;

/// <summary>SC-14: six zones, two changes each, four kinds of schedule, over the day of the change and those beside it.</summary>
internal static class ClockChanges
{
    private static readonly (string Zone, DateOnly Day)[] Changes =
    [
        ("Europe/Berlin", new(2026, 3, 29)), ("Europe/Berlin", new(2026, 10, 25)), ("America/New_York", new(2026, 3, 8)),
        ("America/New_York", new(2026, 11, 1)), ("Australia/Sydney", new(2026, 4, 5)), ("Australia/Sydney", new(2026, 10, 4)),
        ("Australia/Lord_Howe", new(2026, 4, 5)), ("Australia/Lord_Howe", new(2026, 10, 4)), ("America/Santiago", new(2026, 4, 5)),
        ("America/Santiago", new(2026, 9, 6)), ("Pacific/Apia", new(2011, 9, 24)), ("Pacific/Apia", new(2011, 12, 30)),
    ];

    /// <summary>A row for each zone, change and kind.</summary>
    public static IEnumerable<Row> Rows() => Changes.SelectMany(change =>
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(change.Zone);
        var minutes = Minutes(zone, change.Day);
        var days = minutes.Select(minute => Local(minute, zone).Date).Distinct().Count();
        return new[]
        {
            RowOf("daily 02:30", "0 30 2 * * ?", days),
            RowOf("daily 00:00", "0 0 0 * * ?", days),
            RowOf("every minute", "0 * * * * ?", minutes.Count),
            RowOf("every hour and half hour", "0 0/30 * * * ?", minutes.Count(minute => Local(minute, zone).Minute % 30 == 0)),
        };

        Row RowOf(string kind, string cron, int expected)
        {
            var due = ProviderSchedule.Parse("ecb", new ScheduleDefinition { Cron = cron, Zone = change.Zone }).Due;
            var slots = Seen(due, minutes);
            var rises = slots.Zip(slots.Skip(1), (one, next) => next > one).All(rise => rise);
            return new("SC-14", $"{change.Zone} {change.Day:yyyy-MM-dd} ±1 day, {kind}", $"{expected} slots, rising",
                $"{slots.Count} slots, {(rises ? "rising" : "not rising")}");
        }
    });

    // Every minute, in UTC, whose local day is the change's, the one before or the one after: counted without the schedule's own code.
    private static List<DateTimeOffset> Minutes(TimeZoneInfo zone, DateOnly day)
    {
        var middle = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        return [.. Enumerable.Range(-4 * 1440, 8 * 1440).Select(minute => middle.AddMinutes(minute)).Where(minute =>
            Math.Abs(DateOnly.FromDateTime(Local(minute, zone)).DayNumber - day.DayNumber) <= 1)];
    }

    private static DateTime Local(DateTimeOffset minute, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(minute, zone).DateTime;

    // The slots that a worker sees which looks every minute.
    private static List<DateTimeOffset> Seen(IDueTimes due, List<DateTimeOffset> minutes)
    {
        List<DateTimeOffset> slots = [];
        var done = minutes[0].AddSeconds(-1);
        foreach (var minute in minutes)
        {
            if (SlotCalculator.Latest(due, done, minute) is { } slot)
            {
                slots.Add(slot);
                done = slot;
            }
        }

        return slots;
    }
}
