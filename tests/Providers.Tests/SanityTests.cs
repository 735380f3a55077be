using CsvHelper;
using Rates.Core;
using Rates.Testing;

namespace Rates.Providers.Tests;

/// <summary>Every provider's euro, dollar, pound and yen agree with the ECB's of that day within 3 %, or the reason is known.</summary>
/// <remarks>Catches what no single document can: an inverted table, a forgotten unit, a shifted column, another day's figures.</remarks>
public sealed class SanityTests
{
    private const decimal Tolerance = 0.03m;

    private static readonly Currency[] Majors = [Currency.Eur, Currency.Usd, Currency.Parse("GBP"), Currency.Parse("JPY")];

    [Fact]
    public void Major_crosses_of_every_provider_are_within_3_percent_of_the_ECB()
    {
        Assert.SkipUnless(CaptureFolder.Captures is not null,
            Recordings.NoCaptures);
        var ecb = Reference();
        List<(string Provider, string What)> off = [];
        foreach (var (provider, folder, file, day) in Days().Where(entry => entry.Provider.Key != "ecb"))
        {
            var crosses = CrossRates.Of(day, provider.Block.Profile(provider.Key).Pivot);
            foreach (var pair in from @base in Majors
                                 from quote in Majors
                                 where @base.CompareTo(quote) < 0
                                 select new CurrencyPair(@base, quote))
            {
                if (crosses.Find(pair) is { } cross && On(ecb, cross.AsOf)?.Find(pair) is { } expected
                    && Math.Abs((cross.Rate / expected.Rate) - 1) is var distance && distance > Tolerance)
                {
                    off.Add((
                        provider.Key,
                        $"{folder}/{file} {cross.AsOf:yyyy-MM-dd} {pair} {cross.Rate:0.######} is {distance:P1} from "
                        + $"the ECB's {expected.Rate:0.######} ({cross.Path})"));
                }
            }
        }

        var explained = Explained();
        Assert.All(off.GroupBy(cross => cross.Provider), crosses => Assert.True(
            crosses.Count() <= explained.GetValueOrDefault(crosses.Key),
            $"{crosses.Key}: {crosses.Count()} crosses are off, {explained.GetValueOrDefault(crosses.Key)} are explained\n"
            + string.Join('\n', crosses.Take(20).Select(cross => cross.What))));
        Assert.Equal(explained.Keys.Order(StringComparer.Ordinal), off.Select(cross => cross.Provider).Distinct()
            .Order(StringComparer.Ordinal));
    }

    private static IEnumerable<(RateProvider Provider, string Folder, string File, List<Observation> Day)> Days() =>
        from provider in ProviderCatalog.Shipped().All
        from proof in CaptureFolder.Proofs(provider)
        let folder = proof.Folder
        let file = proof.File
        where folder.IsDated(file)
        let days = provider.Labels.Resolve(provider.Read(folder.Body(file)).Observations).Figures.Where(
            observation => observation.Kind is not (RateKind.Index or RateKind.Average)).GroupBy(observation => observation.AsOf).ToList()
        from day in days.Where((_, place) => days.Count < 400 || place % 10 == 0)
        select (provider, folder.Name, file, day.ToList());

    private static Dictionary<DateOnly, CrossRates> Reference()
    {
        var folder = CaptureFolder.All(CaptureFolder.Captures!).Single(folder => folder.Name == "ecb");
        var history = ProviderCatalog.Shipped().Find("ecb")!
            .Read(folder.Body(folder.Files.Single(file => file.EndsWith(".zip", StringComparison.Ordinal)))).Observations;
        return history.GroupBy(observation => observation.AsOf).ToDictionary(day => day.Key, day => CrossRates.Of([.. day], Currency.Eur));
    }

    // A source of another calendar is measured against the last fixing before its day.
    private static CrossRates? On(Dictionary<DateOnly, CrossRates> ecb, DateOnly day) =>
        Enumerable.Range(0, 5).Select(back => ecb.GetValueOrDefault(day.AddDays(-back))).FirstOrDefault(crosses => crosses is not null);

    // Per provider, how many crosses may be off at most, each with its reason: mostly keying errors in old archives.
    private static Dictionary<string, int> Explained()
    {
        Dictionary<string, int> most = new(StringComparer.Ordinal);
        using var reader = CsvReader.FromFile(Path.Combine(AppContext.BaseDirectory, "Explained.csv"),
            new CsvReaderOptions { Separator = ',' });
        while (reader.Read())
        {
            Assert.NotEqual("", reader.GetString("reason"));
            most.Add(reader.GetString("provider"), reader.Parse<int>("crosses"));
        }

        return most;
    }
}
