namespace Rates.Api;

/// <summary>What there is to say of the rate of one day, or of one week or month: why there is none, or a warning.</summary>
/// <param name="Day">The day; of a week or month, that of its last rate, or of its last note where it has no rate.</param>
/// <param name="Text">For people.</param>
/// <param name="HasRate">False when the providers' figures gave no rate.</param>
internal readonly record struct DayNote(DateOnly Day, string Text, bool HasRate)
{
    /// <summary>A note for each day whose rate ships with the product.</summary>
    /// <param name="days">The days with a rate, oldest first.</param>
    /// <param name="shipped">The days with rates that ship with the product; mostly none.</param>
    public static IReadOnlyList<DayNote> OfShipped(IEnumerable<DateOnly> days, IReadOnlySet<DateOnly> shipped) => shipped.Count == 0
        ? []
        : [.. days.Where(shipped.Contains).Select(day => new DayNote(day, EntryReasons.Shipped, HasRate: true))];

    /// <summary>One note for each week or month: of its first day without a rate, or else of its last day with a note.</summary>
    /// <param name="notes">Of single days, oldest first.</param>
    /// <param name="rates">The last rate of each week or month, oldest first.</param>
    /// <param name="group">Week or month.</param>
    public static IReadOnlyList<DayNote> Of(IEnumerable<DayNote> notes, IReadOnlyList<HistoryRate> rates, DayGroup group)
    {
        var last = rates.ToDictionary(rate => RateGroup.EndOf(rate.Day, group), rate => rate.Day);
        return
        [
            .. notes.GroupBy(note => RateGroup.EndOf(note.Day, group)).Select(days =>
            {
                DayNote[] all = [.. days];
                var told = Array.Find(all, note => !note.HasRate) is { Text: not null } without ? without : all[^1];
                var more = all.Length == 1 ? "" : $"; {all.Length} days in all have a note";
                var hasRate = last.TryGetValue(days.Key, out var day);
                return new DayNote(hasRate ? day : all[^1].Day, $"{told.Day.ToText()}: {told.Text}{more}", hasRate);
            }),
        ];
    }
}
