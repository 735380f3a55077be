namespace Rates.Core;

/// <summary>Finds the publications of a source that were due by its calendar and of which nothing is held.</summary>
public static class PublicationGaps
{
    /// <summary>
    /// The days of the publications without figures, newest first: for a daily source the days themselves, otherwise the first day that
    /// the publication may hold for. Empty where nothing is held, and for a source that publishes no more.
    /// </summary>
    /// <param name="held">The days with figures; nothing is expected before the first of them.</param>
    /// <param name="calendar">The source's calendar.</param>
    /// <param name="now">Publications whose grace ends later are not expected yet.</param>
    /// <exception cref="FormatException">The calendar's days cannot be read; see <see cref="PublicationCalendar.Validate"/>.</exception>
    /// <exception cref="TimeZoneNotFoundException">The calendar's zone is unknown.</exception>
    public static IReadOnlyList<DateOnly> Of(IReadOnlyCollection<DateOnly> held, PublicationCalendar calendar, DateTimeOffset now)
    {
        List<DateOnly> gaps = [];
        if (held.Count == 0 || calendar.Cadence == Cadence.None)
        {
            return gaps;
        }

        var days = new SortedSet<DateOnly>(held);
        var timetable = new PublicationTimes(calendar);
        var overdue = now - calendar.Grace;
        var newer = DateOnly.MaxValue;
        foreach (var publication in timetable.Until(timetable.LocalDay(overdue)).SkipWhile(publication => publication.At > overdue))
        {
            if (publication.HoldsFrom < days.Min)
            {
                break;
            }

            // After a holiday two publications may hold for the same days.
            if (publication.HoldsFrom > newer)
            {
                continue;
            }

            // A figure may carry any day up to the one from which the next publication holds.
            if (days.GetViewBetween(publication.HoldsFrom, newer).Count == 0)
            {
                gaps.Add(publication.HoldsFrom);
            }

            newer = publication.HoldsFrom.AddDays(-1);
        }

        return gaps;
    }
}
