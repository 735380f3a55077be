namespace Rates.Core.Tests;

public sealed class HolidaysTests
{
    [Theory]
    [InlineData("TARGET", "2026-01-01 2026-04-03 2026-04-06 2026-05-01 2026-12-25 2026-12-26")]
    [InlineData("TARGET", "1999-01-01 1999-12-25 1999-12-31")]
    [InlineData("FED",
        "2026-01-01 2026-01-19 2026-02-16 2026-05-25 2026-06-19 2026-07-04 2026-09-07 2026-10-12 2026-11-11 2026-11-26 "
        + "2026-12-25")]
    [InlineData("US",
        "2026-01-01 2026-01-19 2026-02-16 2026-05-25 2026-06-19 2026-07-03 2026-07-04 2026-09-07 2026-10-12 2026-11-11 "
        + "2026-11-26 2026-12-25")]
    [InlineData("UK",
        "2022-01-01 2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19 2022-12-25 "
        + "2022-12-26 2022-12-27")]
    [InlineData("UK", "2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-25 2021-12-26 2021-12-27 2021-12-28")]
    [InlineData("CA",
        "2025-01-01 2025-04-18 2025-05-19 2025-07-01 2025-08-04 2025-09-01 2025-09-30 2025-10-13 2025-11-11 2025-12-25 "
        + "2025-12-26")]
    [InlineData("PL",
        "2025-01-01 2025-01-06 2025-04-21 2025-05-01 2025-05-03 2025-06-19 2025-08-15 2025-11-01 2025-11-11 2025-12-24 "
        + "2025-12-25 2025-12-26")]
    [InlineData("SE",
        "2026-01-01 2026-01-06 2026-04-03 2026-04-06 2026-05-01 2026-05-14 2026-06-06 2026-06-19 2026-12-24 2026-12-25 "
        + "2026-12-26 2026-12-31")]
    [InlineData("RO",
        "2025-01-01 2025-01-02 2025-01-06 2025-01-07 2025-01-24 2025-04-18 2025-04-21 2025-05-01 2025-06-01 2025-06-09 "
        + "2025-08-15 2025-11-30 2025-12-01 2025-12-25 2025-12-26")]
    [InlineData("JP",
        "2024-01-01 2024-01-02 2024-01-03 2024-01-08 2024-02-11 2024-02-12 2024-02-23 2024-03-20 2024-04-29 2024-05-03 "
        + "2024-05-04 2024-05-05 2024-05-06 2024-07-15 2024-08-11 2024-08-12 2024-09-16 2024-09-22 2024-09-23 2024-10-14 "
        + "2024-11-03 2024-11-04 2024-11-23 2024-12-31")]
    public void A_year_has_its_holidays_and_no_others(string rule, string expected)
    {
        var days = expected.Split(' ').Select(Given.Day).ToArray();
        var year = Enumerable.Range(0, 366).Select(new DateOnly(days[0].Year, 1, 1).AddDays).Where(day => day.Year == days[0].Year);

        Assert.Equal(days, year.Where(day => Holidays.IsHoliday(rule, day)));
        Assert.Equal(days, Holidays.Compute(rule, days[0].Year).Where(day => day.Year == days[0].Year).Order());
    }

    [Theory]
    [InlineData(1818, "1818-03-22")]
    [InlineData(2000, "2000-04-23")]
    [InlineData(2024, "2024-03-31")]
    [InlineData(2025, "2025-04-20")]
    [InlineData(2038, "2038-04-25")]
    public void Western_Easter_is_on_the_known_Sunday(int year, string expected) =>
        Assert.Equal(Given.Day(expected), Easter.Western(year));

    [Theory]
    [InlineData(2000, "2000-04-30")]
    [InlineData(2014, "2014-04-20")]
    [InlineData(2021, "2021-05-02")]
    [InlineData(2024, "2024-05-05")]
    [InlineData(2025, "2025-04-20")]
    [InlineData(2027, "2027-05-02")]
    public void Orthodox_Easter_is_on_the_known_Sunday(int year, string expected) =>
        Assert.Equal(Given.Day(expected), Easter.Orthodox(year));

    [Fact]
    public void A_New_Year_that_falls_on_Saturday_is_kept_on_the_Friday_of_the_old_year() =>
        Assert.True(Holidays.IsHoliday("US", Given.Day("2021-12-31")));

    [Fact]
    public void Every_rule_gives_1_to_30_holidays_in_every_year() =>
        Assert.All(Holidays.Names, rule => Assert.All(Enumerable.Range(1975, 95), year => Assert.InRange(
            Enumerable.Range(0, 365).Count(day => Holidays.IsHoliday(rule, new DateOnly(year, 1, 1).AddDays(day))), 1, 30)));

    /// <summary>Equinoxes as they were and are announced, and the first and last year that the approximation is for.</summary>
    [Theory]
    [InlineData(1979, null, null)]
    [InlineData(1980, "1980-03-20", "1980-09-23")]
    [InlineData(2000, "2000-03-20", "2000-09-23")]
    [InlineData(2003, "2003-03-21", "2003-09-23")]
    [InlineData(2012, "2012-03-20", "2012-09-22")]
    [InlineData(2023, "2023-03-21", "2023-09-23")]
    [InlineData(2024, "2024-03-20", "2024-09-22")]
    [InlineData(2026, "2026-03-20", "2026-09-23")]
    [InlineData(2099, "2099-03-20", "2099-09-23")]
    [InlineData(2100, null, null)]
    public void The_equinoxes_of_Japan_are_on_the_known_days(int year, string? vernal, string? autumnal)
    {
        Assert.Equal(vernal, Day("EQ1", year));
        Assert.Equal(autumnal, Day("EQ2", year));
    }

    [Theory]
    [InlineData("12-25", 2026, "2026-12-25")]
    [InlineData("E-2", 2026, "2026-04-03")]
    [InlineData("E+1", 2026, "2026-04-06")]
    [InlineData("O+50", 2025, "2025-06-09")]
    [InlineData("O-2", 2025, "2025-04-18")]
    [InlineData("MON3/01", 2026, "2026-01-19")]
    [InlineData("MON-1/05", 2026, "2026-05-25")]
    [InlineData("MON>05-18", 2026, "2026-05-18")]
    [InlineData("FRI>06-19", 2026, "2026-06-19")]
    [InlineData("2011-04-29", 2011, "2011-04-29")]
    [InlineData("2011-04-29", 2012, null)]
    [InlineData("12-26[2000-]", 1999, null)]
    [InlineData("12-26[2000-]", 2000, "2000-12-26")]
    [InlineData("E+26[-2023]", 2023, "2023-05-05")]
    [InlineData("E+26[-2023]", 2024, null)]
    [InlineData("12-23+[1989-2018]", 1989, "1989-12-23")]
    [InlineData("12-23[1989-2018]+", 2018, "2018-12-23")]
    [InlineData("12-23[1989-2018]+", 2019, null)]
    public void A_word_of_the_table_gives_its_day_in_the_years_that_it_names(string word, int year, string? day) =>
        Assert.Equal(day, Day(word, year));

    [Theory]
    [InlineData("01-01^", '^', false)]
    [InlineData("01-01+[1990-]", '+', false)]
    [InlineData("01-01~", '~', false)]
    [InlineData("01-01", ' ', false)]
    [InlineData("2020-05-04!", ' ', true)]
    public void The_mark_behind_a_day_says_how_it_is_moved_or_that_it_is_no_holiday(string word, char shift, bool cancels) =>
        Assert.Equal((shift, cancels), (HolidayRule.Parse(word).Shift, HolidayRule.Parse(word).Cancels));

    [Fact]
    public void A_word_that_is_no_holiday_is_quoted() =>
        Assert.Equal("'Easter' is not a holiday", Assert.Throws<FormatException>(() => HolidayRule.Parse("Easter")).Message);

    [Fact]
    public void The_names_of_the_rules_are_sorted_and_include_those_of_the_settings()
    {
        Assert.Equal(Holidays.Names.Order(StringComparer.Ordinal), Holidays.Names);
        Assert.Superset(new HashSet<string>(["TARGET", "FED", "UK", "JP"]), Holidays.Names.ToHashSet());
    }

    [Fact]
    public void An_unknown_rule_throws()
    {
        Assert.False(Holidays.Knows("Atlantis"));
        Assert.Throws<ArgumentException>(() => Holidays.IsHoliday("Atlantis", Given.Day("2026-12-25")));
    }

    private static string? Day(string word, int year) => HolidayRule.Parse(word).DayIn(year) is { } day ? IsoText.Of(day) : null;
}
