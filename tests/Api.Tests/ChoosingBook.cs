using System.IO.Enumeration;
using System.Text.Json;
using Rates.Core;
using Rates.Testing;

namespace Rates.Api.Tests;

/// <summary>A book of recorded figures with the profiles of the shipped blocks, and what came before.</summary>
/// <param name="Book">The newest figures of each provider.</param>
/// <param name="Dated">The figures of past days.</param>
/// <param name="Today">The day of the book.</param>
/// <param name="Days">Past days to ask for, oldest first.</param>
/// <param name="Tomorrow">The figures of past days as they are told a day later.</param>
internal sealed record ChoosingBook(
    RateBook Book, PastDayReader Dated, DateOnly Today, IReadOnlyList<DateOnly> Days, PastDayReader Tomorrow)
{
    /// <summary>The shipped sheets, each published on its own day; no history is stored.</summary>
    public static ChoosingBook Seeded()
    {
        using var seed = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "Standalone", "seed.json")));
        var figures = seed.RootElement.EnumerateObject().ToDictionary(provider => provider.Name, provider => (Observation[])
        [
            .. from day in provider.Value.EnumerateObject()
               from kind in day.Value.EnumerateObject()
               from figure in kind.Value.EnumerateObject()
               select new Observation(
                   IsoText.ParseDay(day.Name), CurrencyPair.Parse(figure.Name), figure.Value.GetDecimal(),
                   JsonSerializer.Deserialize<RateKind>($"\"{kind.Name}\"")),
        ]);
        var today = figures.Values.SelectMany(rows => rows).Max(figure => figure.AsOf);
        return Of(figures, today, [.. Enumerable.Range(-139, 140).Select(today.AddDays)]);
    }

    /// <summary>The figures that the captures hold, under the publishers' labels. All are stored as history.</summary>
    public static ChoosingBook Captured()
    {
        Dictionary<string, Observation[]> figures = new(StringComparer.Ordinal);
        foreach (var file in Blocks())
        {
            using var block = JsonDocument.Parse(File.ReadAllBytes(file));
            var key = KeyOf(file);
            string[] folders = block.RootElement.TryGetProperty("captures", out var named) ? named.Deserialize<string[]>()! : [key];
            var rows = folders.Select(folder => folder.Split('/'))
                .Select(parts =>
                    (Files: parts is [_, var files] ? files : "*", Path: Path.Combine(Recordings.Captures!, parts[0], "expected.csv")))
                .Where(capture => File.Exists(capture.Path))
                .SelectMany(capture => ExpectedRow.Read(capture.Path)
                    .Where(row => FileSystemName.MatchesSimpleExpression(capture.Files, row.File, ignoreCase: false)))
                .Select(Figure).OfType<Observation>()
                .DistinctBy(figure => (figure.AsOf, figure.Pair, figure.Kind)).ToArray();
            if (rows.Length > 0)
            {
                figures.Add(key, rows);
            }
        }

        var days = figures.Values.SelectMany(rows => rows).Select(figure => figure.AsOf).Distinct().Order().ToList();
        return Of(figures, days[^1].AddDays(1), days);
    }

    private static ChoosingBook Of(Dictionary<string, Observation[]> figures, DateOnly today, IReadOnlyList<DateOnly> days)
    {
        var now = new DateTimeOffset(today, new(23, 30), TimeSpan.Zero);
        var store = new InMemoryRates();
        List<ProviderEntry> entries = [];
        foreach (var (key, rows) in figures)
        {
            var profile = Profile(key);
            var current = SheetMerge.InUse(rows, profile.Calendar.Cadence);
            var sheet = new RateSheet
            {
                Provider = key,
                AsOf = current.Max(figure => figure.AsOf),
                FetchedAt = now,
                CheckedAt = now,
                Observations = current,
            };
            store.Remember(key, [.. rows.Except(current)]);
            entries.Add(ProviderEntry.Of(new(profile, null, new()), sheet, null, now, "", now));
        }

        var history = new ProviderDayReader(store);
        return new(
            new(entries, []), new(history, new FakeTimeProvider(now)), today, days, new(history, new FakeTimeProvider(now.AddDays(1))));
    }

    /// <summary>The figure of a row; null when it has no whole day, no known label, or is one side of a quote or no rate at all.</summary>
    private static Observation? Figure(ExpectedRow row)
    {
        RateKind? kind = row.Kind switch
        {
            "mid" => RateKind.Reference,
            "official" => RateKind.Official,
            "average" => RateKind.Average,
            "last" => RateKind.Last,
            "close" => RateKind.Close,
            _ => null,
        };
        return kind is { } known && row.Date.Length == 10 && row.Rate > 0 && row.Base != row.Quote
            && CurrencyPair.TryParse($"{row.Base}/{row.Quote}", out var pair)
            ? new(IsoText.ParseDay(row.Date), pair, row.Rate, known)
            : null;
    }

    private static IEnumerable<string> Blocks() => Directory.EnumerateFiles(Path.Combine(Repository.Root, "Providers"), "*.json")
        .Where(file => Path.GetFileName(file) != "PegTable.json").Order(StringComparer.Ordinal);

    private static string KeyOf(string file) => Path.GetFileNameWithoutExtension(file).ToLowerInvariant();

    private static ProviderProfile Profile(string key)
    {
        using var block = JsonDocument.Parse(File.ReadAllBytes(Blocks().Single(file => KeyOf(file) == key)));
        var root = block.RootElement;
        var calendar = root.TryGetProperty("calendar", out var given) ? given : default;
        return new()
        {
            Key = key,
            Name = key,
            Enabled = true,
            Pivot = root.TryGetProperty("pivot", out var pivot) && Currency.TryParse(pivot.GetString(), out var shared) ? shared : default,
            Category = root.GetProperty("category").Deserialize<ProviderCategory>(),
            Independence = root.TryGetProperty("independence", out var group) ? group.GetString()! : ProviderKey.Institution(key),
            HistoryUntil = root.TryGetProperty("historyUntil", out var until) ? IsoText.ParseDay(until.GetString()!) : null,
            Calendar = calendar.ValueKind == JsonValueKind.Object && calendar.TryGetProperty("cadence", out var cadence)
                ? new() { Cadence = cadence.Deserialize<Cadence>() }
                : new(),
        };
    }
}
