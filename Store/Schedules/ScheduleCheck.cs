namespace Rates.Store;

/// <summary>Checks whether an operator's schedule for a provider may come into force, and computes its next due instants.</summary>
public static class ScheduleCheck
{
    /// <summary>How far ahead a schedule must be due at least once.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromDays(400);

    // Enough to see the closest two of any expression that people write, at a cost that nobody notices.
    private const int MostInstants = 1000;

    /// <summary>Reads a definition and checks it against the provider's limits.</summary>
    /// <param name="provider">Whose.</param>
    /// <param name="definition">What is to come into force.</param>
    /// <param name="least">The least time between two fetches that the provider allows.</param>
    /// <param name="now">From when on it counts.</param>
    /// <exception cref="ScheduleFormatException">It cannot be read, is never due, or is due too often.</exception>
    public static ProviderSchedule Checked(string provider, ScheduleDefinition definition, TimeSpan least, DateTimeOffset now)
    {
        if (definition.Every is null && definition.Cron.Length == 0)
        {
            throw new ScheduleFormatException("cron", "", "is empty: give a cron expression, or an interval in every");
        }

        var schedule = ProviderSchedule.Parse(provider, definition);
        var (field, text) = definition.Every is { } every ? ("every", every.ToString("c")) : ("cron", definition.Cron);
        var instants = Next(schedule.Due, now, MostInstants);
        if (instants.Count == 0 || instants[0] > now + Reach)
        {
            throw new ScheduleFormatException(field, text, $"is not due within {Reach.TotalDays} days");
        }

        var closest = instants.Zip(instants.Skip(1), (one, next) => next - one).DefaultIfEmpty(TimeSpan.MaxValue).Min();
        if (closest < least)
        {
            throw new ScheduleFormatException(
                field, text, $"is due twice within {closest:c}; this provider is asked every {least:c} at most");
        }

        if (definition.MinimumGap > Reach)
        {
            throw new ScheduleFormatException(
                "minimumGap", definition.MinimumGap.ToString("c"), $"is longer than {Reach.TotalDays} days: nothing would be fetched");
        }

        return definition.MinimumGap >= least
            ? schedule
            : throw new ScheduleFormatException(
                "minimumGap", definition.MinimumGap.ToString("c"), $"is less than this provider's {least:c}");
    }

    /// <summary>The next due instants after an instant, at most <paramref name="count"/> of them.</summary>
    public static IReadOnlyList<DateTimeOffset> Next(IDueTimes due, DateTimeOffset after, int count)
    {
        List<DateTimeOffset> instants = [];
        while (instants.Count < count && due.NextAfter(after) is { } next)
        {
            instants.Add(next);
            after = next;
        }

        return instants;
    }
}
