using PublicHoliday;

namespace Rates.Core.Tests;

/// <summary>The holiday rules against the package PublicHoliday, where it knows the country, on weekdays of 2018 to 2026.</summary>
/// <remarks>
/// Left out are countries where the package has other dates for a known reason: it lacks holidays of Mexico and all but three of
/// Switzerland's and a state's of Australia's, has the Danish and Canadian public ones instead of the banks', and does not know that
/// Japan moved holidays in 2019 to 2021.
/// </remarks>
public sealed class HolidayCrossCheckTests
{
    private static readonly Dictionary<string, PublicHolidayBase> Packaged = new()
    {
        ["AU"] = new AustraliaPublicHoliday(),
        ["BR"] = new BrazilPublicHoliday(),
        ["CH"] = new SwitzerlandPublicHoliday(),
        ["CZ"] = new CzechRepublicPublicHoliday(),
        ["FED"] = new USAFederalReserveHoliday(),
        ["HU"] = new HungaryPublicHoliday(),
        ["NO"] = new NorwayPublicHoliday(),
        ["NZ"] = new NewZealandPublicHoliday(),
        ["PL"] = new PolandPublicHoliday(),
        ["RO"] = new RomanianPublicHoliday(),
        ["SE"] = new SwedenPublicHoliday(),
        ["UK"] = new UKBankHoliday(),
        ["US"] = new USAPublicHoliday(),
        ["ZA"] = new SouthAfricaPublicHoliday(),
    };

    private static IEnumerable<DateOnly> Weekdays => Enumerable.Range(0, 9 * 365 + 2).Select(new DateOnly(2018, 1, 1).AddDays)
        .Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

    [Theory]
    [InlineData("CZ")]
    [InlineData("FED")]
    [InlineData("NZ")]
    [InlineData("RO")]
    [InlineData("SE")]
    [InlineData("UK")]
    [InlineData("US")]
    [InlineData("ZA")]
    public void The_rule_has_the_same_days(string rule) =>
        Assert.Equal(Weekdays.Where(day => IsPackaged(rule, day)), Weekdays.Where(day => Holidays.IsHoliday(rule, day)));

    [Theory]
    [InlineData("AU")]
    [InlineData("BR")]
    [InlineData("CH")]
    [InlineData("HU")]
    [InlineData("NO")]
    [InlineData("PL")]
    public void The_rule_has_those_days_and_further_ones_of_the_bank(string rule) =>
        Assert.DoesNotContain(Weekdays, day => IsPackaged(rule, day) && !Holidays.IsHoliday(rule, day));

    private static bool IsPackaged(string rule, DateOnly day) => Packaged[rule].IsPublicHoliday(day.ToDateTime(TimeOnly.MinValue));
}
