using CsvHelper;
using Rates.Core;

namespace Rates.Providers.Tests;

/// <summary>Counts what the figures of other providers change when the days of a history are judged one by one.</summary>
/// <param name="sources">All histories.</param>
internal sealed class WitnessReplay(IReadOnlyList<RecordedHistory> sources)
{
    /// <summary>Of a longer history not every day is tried as a first sheet, but this many.</summary>
    private const int FirstSheets = 300;

    private readonly DayReplay _replay = new(sources);

    /// <summary>Right figures that no rule tells from wrong ones: <c>Contradicted.csv</c>, each with its reason.</summary>
    public static IReadOnlyList<string> Known()
    {
        List<string> known = [];
        using var reader = CsvReader.FromFile(
            Path.Combine(AppContext.BaseDirectory, "Contradicted.csv"), new CsvReaderOptions { Separator = ',' });
        while (reader.Read())
        {
            Assert.NotEqual("", reader.GetString("reason"));
            known.Add($"{reader.GetString("provider")} {reader.GetString("day")} {reader.GetString("pair")}");
        }

        return known;
    }

    /// <summary>The counts of each history.</summary>
    public IEnumerable<WitnessCount> Run() => sources.Select(source =>
    {
        List<DayVerdict> following = [.. _replay.Run(source, source.Days)];
        var step = Math.Max(1, source.Days.Count / FirstSheets);
        List<DayVerdict> first =
        [
            .. source.Days.Where((_, place) => place % step == 0).Select(day => _replay.Judge(source, day, null, [])),
        ];
        return new WitnessCount(
            source.Provider.Key, following.Count, following.Count(day => day.Witnesses > 0), first.Count,
            first.Count(day => day.Witnesses > 0), following.Concat(first).Sum(day => day.Witnesses),
            [.. following.Concat(first).SelectMany(day => day.Alarms).Distinct()],
            [.. following.Concat(first).Where(day => day.IsRefusedByOthers).Select(day => day.Day)],
            following.Sum(day => day.Verdict.Unconfirmed.Count(pair => day.Verdict.Accepted.Any(row => row.Pair == pair))),
            following.Sum(day => day.Verdict.Accepted.Count));
    });
}

/// <summary>What the figures of other providers changed for one history.</summary>
/// <param name="Provider">The provider's key.</param>
/// <param name="Days">Days judged after the one before.</param>
/// <param name="Doubtful">Those of them that were held against others.</param>
/// <param name="Firsts">Days judged as the provider's first sheet.</param>
/// <param name="FirstsHeld">Those of them that others had figures for.</param>
/// <param name="Witnesses">Figures of others that were asked for in all.</param>
/// <param name="Alarms">Figures refused only because of others.</param>
/// <param name="RefusedDays">Days refused as a whole only because of others.</param>
/// <param name="Unconfirmed">Pairs and days after the first sheet that are accepted and marked unconfirmed.</param>
/// <param name="Accepted">Figures after the first sheet that are accepted.</param>
internal sealed record WitnessCount(
    string Provider, int Days, int Doubtful, int Firsts, int FirstsHeld, int Witnesses, IReadOnlyList<RefusedObservation> Alarms,
    IReadOnlyList<DateOnly> RefusedDays, int Unconfirmed, int Accepted);
