using System.Text.Json;
using Rates.Core;

namespace Rates.Api.Tests;

/// <summary>Reads the notes of a series of a JSON history, which stand once for several days, as one for each day.</summary>
internal static class HistoryNotes
{
    /// <summary>Each day that a note holds for, in order, with its text: of days with a rate, or of calendar days without one.</summary>
    public static List<(string Date, string Text)> Of(JsonElement series)
    {
        var dates = series.GetProperty("dates").EnumerateArray().Select(day => day.GetString()!).ToList();
        return
        [
            .. series.GetProperty("notes").EnumerateArray().SelectMany(note =>
            {
                var (from, to) = (note.GetProperty("from").GetString()!, note.GetProperty("to").GetString()!);
                return dates.Contains(from)
                    ? dates.Where(day => string.CompareOrdinal(day, from) >= 0 && string.CompareOrdinal(day, to) <= 0)
                    : Days(IsoText.ParseDay(from), IsoText.ParseDay(to));
            }, (note, day) => (day, note.GetProperty("note").GetString()!)),
        ];
    }

    private static IEnumerable<string> Days(DateOnly from, DateOnly to) =>
        Enumerable.Range(from.DayNumber, to.DayNumber - from.DayNumber + 1).Select(number => IsoText.Of(DateOnly.FromDayNumber(number)));
}
