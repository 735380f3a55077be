using Rates.Store;

namespace Rates.Worker.Tests;

/// <summary>Slots are the same for whoever looks, whenever it looks, wherever the clocks are set.</summary>
public sealed class SlotCalculatorTests
{
    private static readonly string[] Crons =
        [
            "0 30 2 * * ?", "0 0/10 16-18 ? * MON-FRI", "0 0 0 * * ?", "0 0/30 * * * ?", "0 45 0-3 * * ?", "0 15 3 1 * ?",
            "0 0 9 ? * MON", "0 0 12 L * ?",
        ];

    private static readonly string[] Zones =
        [
            "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Asia/Kathmandu", "Africa/Casablanca",
            "Europe/Dublin", "America/St_Johns",
        ];

    [Theory]
    [InlineData("Europe/Berlin", 2026, 365)]
    [InlineData("America/New_York", 2026, 365)]
    [InlineData("Australia/Lord_Howe", 2026, 365)]
    [InlineData("America/Santiago", 2026, 365)]
    [InlineData("Africa/Casablanca", 2026, 365)]
    [InlineData("Europe/Dublin", 2026, 365)]
    [InlineData("Pacific/Apia", 2011, 364)] // 30 December 2011 was left out there.
    public void A_daily_schedule_has_one_slot_for_each_day_that_exists(string zone, int year, int days)
    {
        var place = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var (first, last) = (
            new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(new DateTime(year, 1, 1), place)),
            new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(new DateTime(year + 1, 1, 1), place)));
        foreach (var cron in new[] { "0 30 2 * * ?", "0 0 0 * * ?", "0 15 16 * * ?" })
        {
            var slots = Seen(Cron(cron, zone), first.AddSeconds(-1), last.AddSeconds(-1), TimeSpan.FromMinutes(55));

            Assert.Equal(days, slots.Count);
            Assert.Equal(days, slots.Select(slot => TimeZoneInfo.ConvertTime(slot, place).Date).Distinct().Count());
        }
    }

    [Theory]
    [InlineData("2026-03-29", 1380)]
    [InlineData("2026-10-25", 1500)]
    [InlineData("2026-07-01", 1440)]
    public void A_schedule_of_minutes_has_as_many_slots_as_the_day_has_minutes(string day, int minutes)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var start = DateTime.Parse(day);
        var (from, to) = (TimeZoneInfo.ConvertTimeToUtc(start, zone), TimeZoneInfo.ConvertTimeToUtc(start.AddDays(1), zone));

        var slots = Seen(
            Cron("0 * * * * ?", "Europe/Berlin"), new DateTimeOffset(from).AddSeconds(-30), new DateTimeOffset(to).AddSeconds(1),
            TimeSpan.FromSeconds(50));

        Assert.Equal(minutes, slots.Count(slot => slot.UtcDateTime >= from && slot.UtcDateTime < to));
    }

    [Fact]
    public void The_slot_does_not_depend_on_where_the_walk_began()
    {
        var checks = 0;
        foreach (var zone in Zones)
        {
            foreach (var cron in Crons.Select(text => Cron(text, zone)))
            {
                // Every hour of the two weeks round both changes of the clocks, and odd instants of a quiet one.
                DateTimeOffset[] centres =
                [
                    new(2026, 3, 22, 0, 0, 0, TimeSpan.Zero), new(2026, 10, 25, 0, 7, 3, TimeSpan.Zero),
                    new(2026, 7, 3, 0, 0, 59, TimeSpan.Zero),
                ];
                foreach (var centre in centres)
                {
                    for (var hour = -168; hour <= 168; hour += 11)
                    {
                        var now = centre.AddHours(hour);
                        var slot = SlotCalculator.Latest(cron, null, now);
                        foreach (var back in new[] { 27, 100 })
                        {
                            var done = now.AddHours(-back).AddMinutes(-13);

                            Assert.True(
                                SlotCalculator.Latest(cron, done, now) is var found && found == (slot > done ? slot : null),
                                $"{cron.Expression} {zone} {now:O} from {done:O}: {found:O} and {slot:O}");
                            checks++;
                        }
                    }
                }
            }
        }

        Assert.True(checks > 10_000);
    }

    [Theory]
    [InlineData("0 0 9 ? * MON", "2026-11-22T10:00:00Z", "2026-11-16T09:00:00Z")]
    [InlineData("0 0 9 1 * ?", "2026-11-30T10:00:00Z", "2026-11-01T09:00:00Z")]
    [InlineData("0 0 9 1 1,4,7,10 ?", "2026-12-30T10:00:00Z", "2026-10-01T09:00:00Z")]
    [InlineData("0 0 9 2 1 ?", "2026-12-30T10:00:00Z", "2026-01-02T09:00:00Z")]
    public void Rare_schedules_are_looked_for_as_far_back_as_they_need(string cron, string now, string slot) =>
        Assert.Equal(DateTimeOffset.Parse(slot), SlotCalculator.Latest(Cron(cron, "UTC"), null, DateTimeOffset.Parse(now)));

    [Theory]
    [InlineData("0 30 2 * * ?", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")] // skipped: at 03:00 summer time
    [InlineData("0 30 2 * * ?", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")] // twice: the first time
    [InlineData("0 30 2 * * ?", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("0 30 * * * ?", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z")]
    [InlineData("0 30 1 * * ?", "Europe/Dublin", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("0 30 1 * * ?", "Europe/Dublin", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("0 15 2 * * ?", "Australia/Lord_Howe", "2026-10-03T00:00:00Z", "2026-10-03T15:30:00Z")]
    [InlineData("0 15 0 * * ?", "America/Santiago", "2026-09-05T12:00:00Z", "2026-09-06T04:00:00Z")]
    [InlineData("0 30 2 * * ?", "Pacific/Apia", "2011-12-29T12:30:00Z", "2011-12-30T12:30:00Z")] // 30 December is not there
    public void Times_that_the_clocks_skip_or_repeat_are_due_once(string cron, string zone, string after, string next) =>
        Assert.Equal(DateTimeOffset.Parse(next), Cron(cron, zone).NextAfter(DateTimeOffset.Parse(after)));

    [Fact]
    public void The_next_instant_lies_after_the_question_in_every_zone()
    {
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones())
        {
            var cron = Cron("0 30 0/3 * * ?", zone.Id);
            var after = DateTimeOffset.Parse("2026-01-01T00:00:00Z");
            for (var slots = 0; after < DateTimeOffset.Parse("2027-01-01T00:00:00Z"); slots++)
            {
                var next = cron.NextAfter(after);

                Assert.True(next > after && slots < 3000, $"{zone.Id} {after:O} {next:O}");
                after = next.Value;
            }
        }
    }

    [Fact]
    public void Missed_slots_collapse_into_the_latest()
    {
        var now = DateTimeOffset.Parse("2026-11-20T18:00:00Z");

        Assert.Equal(
            DateTimeOffset.Parse("2026-11-20T17:00:00Z"),
            SlotCalculator.Latest(Cron("0 0 * * * ?", "UTC"), now.AddDays(-9), now.AddMinutes(-1)));
    }

    [Fact]
    public void A_slot_that_is_done_is_not_due_again() =>
        Assert.Null(
            SlotCalculator.Latest(
                Cron("0 0 16 * * ?", "UTC"), DateTimeOffset.Parse("2026-11-20T16:00:00Z"), DateTimeOffset.Parse("2026-11-21T15:59:59Z")));

    [Fact]
    public void A_mark_of_the_future_freezes_nothing() =>
        Assert.Equal(
            DateTimeOffset.Parse("2026-11-20T16:00:00Z"),
            SlotCalculator.Latest(
                Cron("0 0 16 * * ?", "UTC"), DateTimeOffset.Parse("2099-01-01T00:00:00Z"), DateTimeOffset.Parse("2026-11-20T17:00:00Z")));

    private static IDueTimes Cron(string cron, string zone) => ProviderSchedule.Parse("ecb", new() { Cron = cron, Zone = zone }).Due;

    /// <summary>What a worker sees that looks again and again: each slot once, in order.</summary>
    private static List<DateTimeOffset> Seen(IDueTimes cron, DateTimeOffset from, DateTimeOffset to, TimeSpan step)
    {
        List<DateTimeOffset> seen = [];
        DateTimeOffset? done = from;
        for (var now = from; now < to; now += step)
        {
            if (SlotCalculator.Latest(cron, done, now) is { } slot)
            {
                Assert.True(seen.Count == 0 || slot > seen[^1]);
                seen.Add(slot);
                done = slot;
            }
        }

        return seen;
    }
}
