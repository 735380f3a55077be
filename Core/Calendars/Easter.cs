namespace Rates.Core;

/// <summary>Computes the date of Easter Sunday in the Gregorian calendar.</summary>
internal static class Easter
{
    /// <summary>Western Easter, by the anonymous Gregorian computus.</summary>
    public static DateOnly Western(int year)
    {
        var golden = year % 19;
        var (century, rest) = (year / 100, year % 100);
        var epact = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
        var weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
        var late = (golden + 11 * epact + 22 * weekday) / 451;
        var days = epact + weekday - 7 * late + 114;
        return new(year, days / 31, days % 31 + 1);
    }

    /// <summary>Orthodox Easter: the Julian computus, converted to the Gregorian calendar.</summary>
    public static DateOnly Orthodox(int year)
    {
        var moon = (19 * (year % 19) + 15) % 30;
        var days = moon + (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7 + 114;
        return new DateOnly(year, days / 31, days % 31 + 1).AddDays(year / 100 - year / 400 - 2);
    }
}
