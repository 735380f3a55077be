namespace Rates.Api;

/// <summary>
/// Days of one series, one after another, of which the same is to be said. The JSON of <c>/v1/history</c> says it once: without rates there
/// may be thousands of such days.
/// </summary>
/// <param name="From">First day, included.</param>
/// <param name="To">Last day, included. Days with a rate follow each other when none of the series lies between them.</param>
/// <param name="Text">What is to be said, for people.</param>
internal readonly record struct NoteRun(DateOnly From, DateOnly To, string Text)
{
    /// <summary>The runs of a series.</summary>
    /// <param name="notes">Of single days, weeks or months, oldest first.</param>
    /// <param name="rates">The rates of the series, oldest first.</param>
    public static IEnumerable<NoteRun> Of(IReadOnlyList<DayNote> notes, IReadOnlyList<HistoryRate> rates)
    {
        NoteRun? run = null;
        var (last, next) = (default(DayNote), 0);
        foreach (var note in notes)
        {
            var isNext = note.HasRate == last.HasRate && note.Text == last.Text && (note.HasRate
                ? next < rates.Count && rates[next].Day == note.Day
                : note.Day == last.Day.AddDays(1));
            if (run is { } before && isNext)
            {
                run = before with { To = note.Day };
            }
            else
            {
                if (run is { } ended)
                {
                    yield return ended;
                }

                run = new(note.Day, note.Day, note.Text);
            }

            last = note;
            while (next < rates.Count && rates[next].Day <= note.Day)
            {
                next++;
            }
        }

        if (run is { } open)
        {
            yield return open;
        }
    }
}
