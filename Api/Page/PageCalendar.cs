using System.Globalization;
using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Api;

/// <summary>Calendars and schedules in words.</summary>
internal static partial class PageCalendar
{
    private static readonly (string Short, string Long)[] Weekdays =
    [
        ("MON", "Monday"), ("TUE", "Tuesday"), ("WED", "Wednesday"), ("THU", "Thursday"), ("FRI", "Friday"), ("SAT", "Saturday"),
        ("SUN", "Sunday"),
    ];

    /// <summary>When a source publishes, such as <c>Monday to Friday at 16:00 (Europe/Berlin)</c>.</summary>
    public static string Published(CalendarView calendar) => calendar.Cadence switch
    {
        Cadence.None => "no more: a closed series, or figures that change by decree only",
        Cadence.Live => $"many times a day, {Days(calendar.Days)} ({calendar.Zone})",
        Cadence.Daily => $"{Days(calendar.Days)} at {calendar.At} ({calendar.Zone})",
        Cadence.Weekly => $"weekly, {Days(calendar.Days)} at {calendar.At} ({calendar.Zone})",
        var cadence => $"{cadence.ToString().ToLowerInvariant()}, at {calendar.At} ({calendar.Zone})",
    };

    /// <summary>
    /// When workers ask, such as <c>every 10 minutes from 16:00 to 18:59, Monday to Friday (Europe/Berlin)</c>; a cron expression of
    /// another form stays as it is written. One that is paused, or not fetched here, says so.
    /// </summary>
    public static string Fetched(ScheduleView schedule) =>
        (schedule.Enabled ? "" : "not now; otherwise ") + (schedule.Every is { } every ? $"every {Interval(every)}" : Timed(schedule));

    private static string Interval(TimeSpan every)
    {
        var (count, unit) = every switch
        {
            { Ticks: var ticks } when ticks % TimeSpan.TicksPerHour == 0 => (ticks / TimeSpan.TicksPerHour, "hour"),
            { Ticks: var ticks } when ticks % TimeSpan.TicksPerMinute == 0 => (ticks / TimeSpan.TicksPerMinute, "minute"),
            _ => ((long)every.TotalSeconds, "second"),
        };
        return count == 1 ? unit : string.Create(CultureInfo.InvariantCulture, $"{count} {unit}s");
    }

    private static string Timed(ScheduleView schedule)
    {
        var match = EveryMinutes().Match(schedule.Cron);
        if (!match.Success)
        {
            var fields = schedule.Cron.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
            return $"{schedule.Cron}, a cron expression {(fields == 5 ? "without" : "with")} seconds ({schedule.Zone})";
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"every {match.Groups["step"].Value} minutes from {Hour(match, "from"):00}:00 to {Hour(match, "to"):00}:59, ")
            + $"{Days(match.Groups["days"].Value)} ({schedule.Zone})";
    }

    /// <summary>Weekdays in words: <c>MON-FRI</c> is <c>Monday to Friday</c>.</summary>
    public static string Days(string days) => days is "MON-SUN" or "*" ? "every day"
        : Weekdays.Aggregate(days, (text, day) => text.Replace(day.Short, day.Long, StringComparison.OrdinalIgnoreCase))
            .Replace("-", " to ", StringComparison.Ordinal).Replace(",", ", ", StringComparison.Ordinal);

    private static int Hour(Match match, string name) => int.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture);

    // H is a minute that differs from provider to provider.
    [GeneratedRegex(
        @"^0 (H|\d+)/(?<step>\d+) (?<from>\d+)-(?<to>\d+) \? \* (?<days>[A-Z*,-]+)$", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex EveryMinutes();
}
