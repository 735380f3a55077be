namespace Rates.Core.Tests;

public sealed class WorkingDaysTests
{
    private static readonly PublicationCalendar Poland = new() { Holidays = "PL", Zone = "Europe/Warsaw" };

    [Theory]
    [InlineData("2026-08-20", "2026-08-19")]
    [InlineData("2026-08-17", "2026-08-14")]
    [InlineData("2026-04-07", "2026-04-03")]
    [InlineData("2027-01-07", "2027-01-05")]
    [InlineData("0001-01-01", "0001-01-01")]
    public void The_working_day_before_leaves_out_weekends_and_holidays(string day, string before) =>
        Assert.Equal(IsoText.ParseDay(before), WorkingDays.Before(IsoText.ParseDay(day), Poland));

    [Theory]
    [InlineData("2026-08-20", "2026-08-20")]
    [InlineData("2026-08-16", "2026-08-14")]
    [InlineData("2026-11-11", "2026-11-10")]
    public void A_working_day_is_its_own(string day, string same) =>
        Assert.Equal(IsoText.ParseDay(same), WorkingDays.OnOrBefore(IsoText.ParseDay(day), Poland));

    [Fact]
    public void Where_the_calendar_of_the_computer_begins_no_earlier_working_day_is_looked_for() =>
        Assert.Equal(DateOnly.MinValue, WorkingDays.OnOrBefore(new(1, 1, 3), new() { Days = "SUN" }));

    [Fact]
    public void A_bank_that_works_on_Sunday_has_other_working_days() =>
        Assert.Equal(new DateOnly(2026, 8, 16), WorkingDays.Before(new(2026, 8, 17), new() { Days = "SUN-THU" }));
}
