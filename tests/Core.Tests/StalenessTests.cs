using FsCheck;
using FsCheck.Fluent;
using static Rates.Core.StalenessStatus;

namespace Rates.Core.Tests;

public sealed class StalenessTests
{
    private static readonly PublicationCalendar Ecb = new()
    {
        Zone = "Europe/Berlin",
        At = new(16, 0),
        Holidays = "TARGET",
        Grace = TimeSpan.FromHours(3)
    };

    [Theory]
    [InlineData("2025-12-24T15:00", Fresh)]
    [InlineData("2025-12-24T22:59", Fresh)]
    [InlineData("2025-12-24T23:00", Closed)]
    [InlineData("2025-12-25T20:00", Closed)]
    [InlineData("2025-12-26T20:00", Closed)]
    [InlineData("2025-12-27T12:00", Closed)]
    [InlineData("2025-12-28T12:00", Closed)]
    [InlineData("2025-12-29T15:00", Closed)]
    [InlineData("2025-12-29T17:59", Closed)]
    [InlineData("2025-12-29T18:00", Stale)]
    public void Christmas_week_is_closed_and_not_stale(string now, StalenessStatus expected) =>
        Assert.Equal(expected, Staleness.Of(Given.Day("2025-12-24"), Ecb, Given.At(now)));

    [Fact]
    public void A_year_with_every_publication_on_time_is_never_stale()
    {
        var open = Enumerable.Range(0, 366 + 365).Select(Given.Day("2025-01-01").AddDays)
            .Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !Holidays.IsHoliday("TARGET", day)).ToArray();
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var fresh = 0;
        for (var now = Given.At("2025-01-02T18:00"); now < Given.At("2026-12-31T23:00"); now = now.AddHours(1))
        {
            var local = TimeZoneInfo.ConvertTime(now, berlin);

            // The bank is two hours late every day, which is within its grace.
            var held = open.Last(day => day.ToDateTime(new TimeOnly(18, 0)) <= local.DateTime);
            var status = Staleness.Of(held, Ecb, now);

            Assert.True(status is Fresh or Closed, $"{status} at {now:u}");
            fresh += status == Fresh ? 1 : 0;
        }

        // Six hours, from 18:00 to midnight, on every one of its days.
        Assert.InRange(fresh, (open.Length - 2) * 6, open.Length * 6);
    }

    [Theory]
    [InlineData("2026-04-10T18:00", 1, Stale)]
    [InlineData("2026-04-15T17:00", 4, Stale)]
    [InlineData("2026-04-16T17:00", 5, Frozen)]
    [InlineData("2027-04-16T17:00", 261, Frozen)]
    public void Missed_publications_are_counted(string now, int missed, StalenessStatus expected)
    {
        Assert.Equal(expected, Staleness.Of(Given.Day("2026-04-09"), Ecb, Given.At(now)));
        Assert.Equal(missed, Staleness.Missed(Given.Day("2026-04-09"), Ecb, Given.At(now)));
    }

    [Fact]
    public void A_sheet_with_a_wrong_date_is_frozen_without_counting_centuries()
    {
        Assert.Equal(Frozen, Staleness.Of(DateOnly.MinValue, Ecb, Given.At("2026-04-13T20:00")));
        Assert.Equal(1000, Staleness.Missed(DateOnly.MinValue, Ecb, Given.At("2026-04-13T20:00")));
    }

    [Theory]
    [InlineData("1998-12-30", "1998-12-30T18:00", StalenessStatus.Fresh)]
    [InlineData("1998-12-29", "1998-12-30T12:00", StalenessStatus.Closed)]
    [InlineData("1998-12-29", "1998-12-30T22:00", StalenessStatus.Stale)]
    [InlineData("1998-12-30", "1998-12-31T12:00", StalenessStatus.Retired)]
    public void A_closed_series_counts_as_daily_until_its_last_day_and_is_retired_after_it(string asOf, string now,
        StalenessStatus expected)
    {
        var closed = Given.Profile(Cadence.None) with { HistoryUntil = Given.Day("1998-12-30") };

        Assert.Equal(expected, Staleness.Of(Given.Day(asOf), closed, Given.At(now)));
        Assert.Equal(Given.At("2026-04-14T12:00") > Given.At(now),
            Staleness.Of(null, closed, Given.At("2026-04-14T12:00")) == StalenessStatus.Retired);
        Assert.Equal(StalenessStatus.Closed, Staleness.Of(Given.Day(asOf), Given.Profile(Cadence.None), Given.At(now)));
    }

    [Fact]
    public void Without_a_sheet_the_status_is_missing_and_a_closed_source_stays_closed()
    {
        Assert.Equal(Missing, Staleness.Of(null, Ecb, Given.At("2026-04-13T20:00")));
        var ended = Ecb with { Cadence = Cadence.None };
        Assert.Equal(Closed, Staleness.Of(Given.Day("1998-12-31"), ended, Given.At("2026-04-13T20:00")));
        Assert.Null(Staleness.NextExpectedAt(ended, Given.At("2026-04-13T20:00")));
        Assert.Null(Staleness.StatusChangesAt(Given.Day("1998-12-31"), ended, Given.At("2026-04-13T20:00")));
        Assert.Equal(0, Staleness.Missed(Given.Day("1998-12-31"), ended, Given.At("2026-04-13T20:00")));
    }

    [Theory]
    [InlineData("2026-03-27T12:00", "2026-03-27T15:00")]
    [InlineData("2026-03-27T15:00", "2026-03-30T14:00")]
    [InlineData("2026-10-23T13:59", "2026-10-23T14:00")]
    [InlineData("2026-10-23T14:00", "2026-10-26T15:00")]
    [InlineData("2026-04-02T14:00", "2026-04-07T14:00")]
    public void The_next_publication_follows_the_clock_change_and_the_holidays(string now, string expected) =>
        Assert.Equal(Given.At(expected), Staleness.NextExpectedAt(Ecb, Given.At(now)));

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:30")]
    [InlineData("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30")]
    [InlineData("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:45")]
    [InlineData("America/Santiago", "2026-09-06", "00:30", "2026-09-06T04:30")]
    [InlineData("Asia/Kathmandu", "2026-04-13", "10:00", "2026-04-13T04:15")]
    public void A_local_time_that_is_skipped_or_repeated_has_one_instant(string zone, string day, string time, string expected) =>
        Assert.Equal(Given.At(expected), new PublicationTimes(new() { Zone = zone }).Instant(Given.Day(day), TimeOnly.Parse(time)));

    [Fact]
    public void A_source_that_publishes_for_the_next_day_is_fresh_on_both_days()
    {
        var russia = new PublicationCalendar { Zone = "Europe/Moscow", At = new(17, 0), Grace = TimeSpan.FromHours(2), Lag = -1 };

        Assert.Equal(Fresh, Staleness.Of(Given.Day("2026-04-14"), russia, Given.At("2026-04-13T15:00")));
        Assert.Equal(Fresh, Staleness.Of(Given.Day("2026-04-14"), russia, Given.At("2026-04-14T08:00")));
        Assert.Equal(Stale, Staleness.Of(Given.Day("2026-04-14"), russia, Given.At("2026-04-14T16:00")));
    }

    [Fact]
    public void A_source_that_publishes_for_the_day_before_is_not_stale_for_that()
    {
        var late = new PublicationCalendar { At = new(10, 0), Grace = TimeSpan.FromHours(1), Lag = 1 };

        Assert.Equal(Fresh, Staleness.Of(Given.Day("2026-04-10"), late, Given.At("2026-04-13T12:00")));
        Assert.Equal(Stale, Staleness.Of(Given.Day("2026-04-09"), late, Given.At("2026-04-13T12:00")));
    }

    [Theory]
    [InlineData("2026-04-08", "2026-04-14T12:00", Closed)]
    [InlineData("2026-04-08", "2026-04-15T12:00", Stale)]
    [InlineData("2026-04-15", "2026-04-15T12:00", Fresh)]
    [InlineData("2026-04-14", "2026-04-17T12:00", Closed)]
    public void A_weekly_source_is_stale_after_its_next_day(string asOf, string now, StalenessStatus expected)
    {
        var weekly = new PublicationCalendar { Cadence = Cadence.Weekly, Days = "WED", At = new(9, 0), Grace = TimeSpan.FromHours(2) };

        Assert.Equal(expected, Staleness.Of(Given.Day(asOf), weekly, Given.At(now)));
    }

    [Fact]
    public void A_weekly_source_whose_day_is_a_holiday_has_until_the_next_working_day()
    {
        var weekly = new PublicationCalendar
        {
            Cadence = Cadence.Weekly,
            Days = "FRI",
            At = new(9, 0),
            Grace = TimeSpan.Zero,
            Holidays = "TARGET"
        };

        // Good Friday, 3 April 2026, and Easter Monday.
        Assert.Equal(Closed, Staleness.Of(Given.Day("2026-03-27"), weekly, Given.At("2026-04-06T12:00")));
        Assert.Equal(Stale, Staleness.Of(Given.Day("2026-03-27"), weekly, Given.At("2026-04-07T12:00")));
        Assert.Equal(Given.At("2026-04-07T09:00"), Staleness.NextExpectedAt(weekly, Given.At("2026-04-01T12:00")));
    }

    [Theory]
    [InlineData(Cadence.Monthly, "2026-03-31", "2026-05-04T12:00", Closed)]
    [InlineData(Cadence.Monthly, "2026-03-31", "2026-05-05T12:00", Stale)]
    [InlineData(Cadence.Monthly, "2026-04-30", "2026-05-05T12:00", Fresh)]
    [InlineData(Cadence.Monthly, "2026-04-01", "2026-05-20T12:00", Closed)]
    [InlineData(Cadence.Quarterly, "2026-03-31", "2026-07-03T12:00", Closed)]
    [InlineData(Cadence.Quarterly, "2026-03-31", "2026-07-06T12:00", Stale)]
    [InlineData(Cadence.Quarterly, "2024-12-31", "2026-07-06T12:00", Frozen)]
    public void Monthly_and_quarterly_averages_are_due_on_their_day_of_the_month(Cadence cadence, string asOf, string now,
        StalenessStatus expected)
    {
        // The 4th of July 2026 is a Saturday.
        var monthly = new PublicationCalendar
        {
            Cadence = cadence,
            DayOfMonth = cadence == Cadence.Monthly ? 5 : 4,
            At = new(9, 0),
            Grace = TimeSpan.Zero,
            Lag = 1
        };

        Assert.Equal(expected, Staleness.Of(Given.Day(asOf), monthly, Given.At(now)));
    }

    [Fact]
    public void A_live_source_is_expected_every_full_hour_of_its_days()
    {
        var live = new PublicationCalendar { Cadence = Cadence.Live, Zone = "Asia/Kathmandu", At = new(9, 0) };

        Assert.Equal(Given.At("2026-04-13T05:15"), Staleness.NextExpectedAt(live, Given.At("2026-04-13T04:20")));
        Assert.Equal(Given.At("2026-04-12T18:15"), Staleness.NextExpectedAt(live, Given.At("2026-04-11T04:20")));
        Assert.Equal(Closed, Staleness.Of(Given.Day("2026-04-10"), live, Given.At("2026-04-12T12:00")));
        Assert.Equal(Fresh, Staleness.Of(Given.Day("2026-04-13"), live, Given.At("2026-04-13T04:20")));
    }

    [Theory]
    [InlineData("2026-04-10", "2026-04-10T15:00", "2026-04-10T22:00")]
    [InlineData("2026-04-10", "2026-04-11T15:00", "2026-04-13T17:00")]
    [InlineData("2026-04-10", "2026-04-13T16:59", "2026-04-13T17:00")]
    [InlineData("2026-04-10", "2026-04-13T17:00", "2026-04-14T17:00")]
    [InlineData("2026-04-10", "2026-04-13T18:00", "2026-04-14T17:00")]
    public void The_instant_of_the_next_change_is_known(string asOf, string now, string expected) =>
        Assert.Equal(Given.At(expected), Staleness.StatusChangesAt(Given.Day(asOf), Ecb, Given.At(now)));

    [Fact]
    public void Without_a_new_publication_a_sheet_only_ages() => Given.Always(
        from calendar in Calendar
        from now in Given.Instant
        from held in Gen.Choose(-3, 40)
        from later in Gen.Choose(0, 60 * 24 * 20)
        select (calendar, now, AsOf: DateOnly.FromDateTime(now.UtcDateTime).AddDays(-held), Later: now.AddMinutes(later)),
        each => Staleness.Of(each.AsOf, each.calendar, each.now) <= Staleness.Of(each.AsOf, each.calendar, each.Later));

    [Fact]
    public void The_status_does_not_change_before_that_instant() => Given.Always(
        from calendar in Calendar
        from now in Given.Instant
        from held in Gen.Choose(-3, 40)
        from share in Gen.Choose(0, 99)
        select (calendar, now, AsOf: DateOnly.FromDateTime(now.UtcDateTime).AddDays(-held), share),
        each =>
        {
            var status = Staleness.Of(each.AsOf, each.calendar, each.now);
            return Staleness.StatusChangesAt(each.AsOf, each.calendar, each.now) is not { } change
                ? Staleness.Of(each.AsOf, each.calendar, each.now.AddDays(100)) == status
                : change > each.now && Staleness.Of(each.AsOf, each.calendar, each.now + (change - each.now) * each.share / 100) == status;
        });

    [Fact]
    public void The_next_publication_is_in_the_future_and_the_same_until_it_comes() => Given.Always(
        from calendar in Calendar
        from now in Given.Instant
        from share in Gen.Choose(0, 99)
        select (calendar, now, share),
        each => Staleness.NextExpectedAt(each.calendar, each.now) is not { } next
            ? each.calendar.Cadence == Cadence.None
            : next > each.now && Staleness.NextExpectedAt(each.calendar, each.now + (next - each.now) * each.share / 100) == next);

    private static Gen<PublicationCalendar> Calendar =>
        from cadence in Gen.Elements(Enum.GetValues<Cadence>())
        from days in Gen.Elements("MON-FRI", "SUN-THU", "WED", "MON-SUN", "MON,WED,FRI")
        from zone in Gen.Elements("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Asia/Kathmandu",
            "Pacific/Apia")
        from hour in Gen.Choose(0, 23)
        from grace in Gen.Choose(0, 48)
        from holidays in Gen.Elements(null, "TARGET", "JP", "UK")
        from lag in Gen.Choose(-1, 2)
        from day in Gen.Choose(1, 28)
        select new PublicationCalendar
        {
            Cadence = cadence,
            Days = days,
            Zone = zone,
            At = new(hour, 0),
            Grace = TimeSpan.FromHours(grace),
            Holidays = holidays,
            Lag = lag,
            DayOfMonth = day
        };
}
