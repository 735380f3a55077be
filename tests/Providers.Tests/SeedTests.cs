using System.Text;
using System.Text.Json;
using Rates.Core;
using Rates.Testing;

namespace Rates.Providers.Tests;

/// <summary>The seed that Standalone ships is what the adapters make of the recorded captures: the latest sheet of each provider.</summary>
public sealed class SeedTests
{
    // An older capture proves an adapter, but as a first answer it would mislead.
    private static readonly DateOnly Oldest = new(2025, 1, 1);

    private static readonly string Seed = Path.Combine(Repository.Root, "Standalone", "seed.json");

    [Fact]
    public void Seed_is_at_most_500_KB() => Assert.InRange(new FileInfo(Seed).Length, 1, 500_000);

    [Fact]
    public void Seeded_sheets_are_what_the_adapters_read()
    {
        Assert.SkipUnless(CaptureFolder.Captures is not null,
            Recordings.NoCaptures);
        var sheets = ProviderCatalog.Shipped().All.Where(provider => provider.Block.Profile(provider.Key).Enabled)
            .Select(provider => (provider.Key, Sheet: Latest(provider))).Where(entry => entry.Sheet is not null)
            .ToDictionary(entry => entry.Key, entry => entry.Sheet!);
        if (Goldens.Update)
        {
            File.WriteAllText(Seed, Write(sheets.Values));
        }

        using var seed = JsonDocument.Parse(File.ReadAllBytes(Seed));
        using var made = JsonDocument.Parse(Write(sheets.Values));

        // A provider that came after the seed was made is no error; a sheet that differs is.
        Assert.All(seed.RootElement.EnumerateObject(), entry =>
            Assert.Equal(made.RootElement.GetProperty(entry.Name).GetRawText(), entry.Value.GetRawText()));
        Assert.InRange(seed.RootElement.EnumerateObject().Count(), 8, int.MaxValue);
    }

    private static RateSheet? Latest(RateProvider provider)
    {
        var read = CaptureFolder.Proofs(provider).Where(proof => proof.Folder.IsDated(proof.File))
            .SelectMany(proof => provider.Labels.Resolve(provider.Read(proof.Folder.Body(proof.File)).Observations).Figures)
            .Where(observation => observation.AsOf >= Oldest)
            .ToList();
        if (read.Count == 0)
        {
            return null;
        }

        var profile = provider.Block.Profile(provider.Key);
        var today = read.Max(observation => observation.AsOf);
        var current = read.Where(observation => observation.AsOf > today.AddDays(-14)).Distinct().ToList();
        var verdict = IngestRules.Check(
            current, new IngestContext { Profile = profile, Previous = null, Today = today, Witnesses = [], EarlierRefused = [] });
        return verdict.SheetReasons.Count == 0
            ? SheetMerge.Merge(null, UnconfirmedMarks.Cleared(verdict.Accepted), profile, DateTimeOffset.UnixEpoch, null, null)
            : null;
    }

    private static string Write(IEnumerable<RateSheet> sheets)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, IndentSize = 0, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            foreach (var sheet in sheets.OrderBy(sheet => sheet.Provider, StringComparer.Ordinal))
            {
                writer.WriteStartObject(sheet.Provider);
                foreach (var day in sheet.Observations.GroupBy(observation => observation.AsOf).OrderByDescending(day => day.Key))
                {
                    writer.WriteStartObject(day.Key.ToString("yyyy-MM-dd"));
                    foreach (var kind in day.GroupBy(observation => observation.Kind).OrderBy(kind => kind.Key))
                    {
                        writer.WriteStartObject(JsonSerializer.SerializeToElement(kind.Key).GetString()!);
                        foreach (var observation in kind.OrderBy(observation => observation.Pair)
                            .DistinctBy(observation => observation.Pair))
                        {
                            writer.WriteNumber(observation.Pair.ToString(), observation.Rate);
                        }

                        writer.WriteEndObject();
                    }

                    writer.WriteEndObject();
                }

                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}
