using PublicHoliday;

namespace Rates.Core.Tests;

/// <summary>The holiday rules against the package PublicHoliday, where it knows the country, on weekdays of 2018 to 2026.</summary>
/// <remarks>
/// Left out are Denmark and Canada, where the package has public holidays on which banks work (1 May, Easter Monday), and Japan before
/// 2022: the package does not know that holidays were moved for the Olympic Games and the new emperor. It has fewer holidays than the
/// banks of the countries of the second test.
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
        ["JP"] = new JapanPublicHoliday(),
        ["MX"] = new MexicoPublicHoliday(),
        ["NO"] = new NorwayPublicHoliday(),
        ["NZ"] = new NewZealandPublicHoliday(),
        ["PL"] = new PolandPublicHoliday(),
        ["RO"] = new RomanianPublicHoliday(),
        ["SE"] = new SwedenPublicHoliday(),
        ["TARGET"] = new EcbTargetClosingDay(),
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
    [InlineData("TARGET")]
    [InlineData("UK")]
    [InlineData("US")]
    [InlineData("ZA")]
    public void The_rule_has_the_same_days(string rule) =>
        Assert.Equal(Weekdays.Where(day => IsPackaged(rule, day)), Weekdays.Where(day => Holidays.IsHoliday(rule, day)));

    [Theory]
    [InlineData("AU", 2018)]
    [InlineData("BR", 2018)]
    [InlineData("CH", 2018)]
    [InlineData("HU", 2018)]
    [InlineData("JP", 2022)]
    [InlineData("MX", 2018)]
    [InlineData("NO", 2018)]
    [InlineData("PL", 2018)]
    public void The_rule_has_those_days_and_further_ones_of_the_bank(string rule, int from) =>
        Assert.DoesNotContain(Weekdays, day => day.Year >= from && IsPackaged(rule, day) && !Holidays.IsHoliday(rule, day));

    private static bool IsPackaged(string rule, DateOnly day) => Packaged[rule].IsPublicHoliday(day.ToDateTime(TimeOnly.MinValue));
}
