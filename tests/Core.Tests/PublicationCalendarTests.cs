using System.Text.Json;

namespace Rates.Core.Tests;

public sealed class PublicationCalendarTests
{
    [Theory]
    [InlineData("MON-FRI", "MON TUE WED THU FRI")]
    [InlineData("sun-thu", "SUN MON TUE WED THU")]
    [InlineData("FRI-MON", "SUN MON FRI SAT")]
    [InlineData("MON, WED,FRI", "MON WED FRI")]
    [InlineData("WED", "WED")]
    [InlineData("MON-SUN", "SUN MON TUE WED THU FRI SAT")]
    [InlineData("MON-WED,TUE", "MON TUE WED")]
    public void Weekdays_read_as_lists_and_ranges(string text, string expected)
    {
        var days = Weekdays.Parse(text);

        // 4 January 2026 is a Sunday.
        var week = Enumerable.Range(0, 7).Select(Given.Day("2026-01-04").AddDays).Where(days.Contains);
        Assert.Equal(expected, string.Join(' ', week.Select(day => day.DayOfWeek.ToString()[..3].ToUpperInvariant())));
    }

    [Theory]
    [InlineData("")]
    [InlineData("MON-")]
    [InlineData("MONFRI")]
    [InlineData("MON_FRI")]
    [InlineData("Monday")]
    [InlineData("UNM")]
    [InlineData("MON,,FRI")]
    public void A_bad_list_of_weekdays_is_refused_by_its_text(string text)
    {
        Assert.False(Weekdays.TryParse(text, out _));
        Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => Weekdays.Parse(text)).Message);
    }

    [Fact]
    public void The_first_weekday_is_the_one_written_first() => Assert.Equal(DayOfWeek.Wednesday, Weekdays.Parse("WED,MON").First);

    [Fact]
    public void A_valid_calendar_has_no_faults() =>
        Assert.Empty(new PublicationCalendar
        {
            Days = "SUN-THU",
            Zone = "Asia/Kathmandu",
            Holidays = "TARGET",
            Lag = -1,
            DayOfMonth = 28
        }.Validate());

    [Theory]
    [InlineData("00:00:00", -31, 1, "")]
    [InlineData("31.00:00:00", 31, 28, "")]
    [InlineData("-00:00:01", -32, 0,
        "grace '-00:00:01' is outside 0 to 31 days; lag '-32' is outside -31 to 31; dayOfMonth '0' is outside 1 to 28")]
    [InlineData("31.00:00:01", 32, 29,
        "grace '31.00:00:01' is outside 0 to 31 days; lag '32' is outside -31 to 31; dayOfMonth '29' is outside 1 to 28")]
    public void Each_limit_is_included_and_the_next_value_is_a_fault(string grace, int lag, int dayOfMonth, string faults) =>
        Assert.Equal(faults, string.Join("; ",
            new PublicationCalendar { Grace = TimeSpan.Parse(grace), Lag = lag, DayOfMonth = dayOfMonth }.Validate()));

    [Fact]
    public void An_unknown_rule_of_holidays_is_told_with_those_that_are_known() =>
        Assert.StartsWith("holidays 'ATLANTIS' is not a known rule; known are AU, BG, BR, CA, ",
            Assert.Single(new PublicationCalendar { Holidays = "ATLANTIS" }.Validate()), StringComparison.Ordinal);

    [Fact]
    public void Every_fault_is_named_with_its_value()
    {
        var faults = new PublicationCalendar
        {
            Days = "MON-FRY",
            Zone = "Europe/Atlantis",
            Holidays = "ATLANTIS",
            Grace = TimeSpan.FromHours(-1),
            Lag = 99,
            DayOfMonth = 31,
            Cadence = (Cadence)77,
        }.Validate();

        Assert.Equal(["77", "MON-FRY", "Europe/Atlantis", "-01:00:00", "ATLANTIS", "99", "31"],
            faults.Select(fault => fault.Split('\'')[1]));
    }

    [Fact]
    public void Its_JSON_has_its_settings_and_nothing_derived()
    {
        var json = JsonSerializer.SerializeToElement(new PublicationCalendar { Holidays = "TARGET" }, JsonSerializerOptions.Web);

        Assert.Equal(["cadence", "days", "at", "zone", "grace", "holidays", "lag", "dayOfMonth"], json.EnumerateObject()
            .Select(property => property.Name));
    }
}
