using CsvHelper;
using Rates.Core;
using Rates.Testing;

namespace Rates.Providers.Tests;

/// <summary>
/// Every label of a recorded answer that lies outside its currency's life is resolved by the block, or stands in <c>OutOfLife.csv</c>
/// with the reason why it is refused.
/// </summary>
public sealed class OutOfLifeTests
{
    [Fact]
    public void Every_label_outside_its_currencys_life_is_resolved_or_known_to_be_refused()
    {
        Assert.SkipUnless(CaptureFolder.Captures is not null,
            Recordings.NoCaptures);
        var found = Outside().GroupBy(label => (label.Provider, label.Code)).ToDictionary(
            label => label.Key, label => $"{label.Min(each => each.Day):yyyy-MM-dd} to {label.Max(each => each.Day):yyyy-MM-dd}");
        var known = Known();

        var problems = found.Where(label => !known.Contains(label.Key))
            .Select(label => $"{label.Key.Provider},{label.Key.Code},{label.Value}")
            .Concat(known.Where(label => !found.ContainsKey(label))
                .Select(label => $"{label} is listed, and no answer holds it outside its life"))
            .Order(StringComparer.Ordinal).ToList();

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [Fact]
    public void What_is_refused_names_the_label_the_day_and_the_end_of_its_life()
    {
        var provider = ProviderCatalog.Shipped().Find("bna")!;
        Observation dead = new(new(2026, 5, 19), CurrencyPair.Parse("EEK/AOA"), 67.1m, RateKind.Reference);

        var verdict = IngestRules.Check([dead], new() { Profile = provider.Block.Profile(provider.Key), Today = dead.AsOf });

        Assert.Equal("retired EEK ended on 2010-12-31, before 2026-05-19", Assert.Single(verdict.Refused).Reason);
    }

    // Index numbers are no rates, and conversion rates are of currencies that are gone.
    private static IEnumerable<(string Provider, string Code, DateOnly Day)> Outside() =>
        from document in OwnDocument.AndRecorded()
        from figure in document.Provider.Labels.Resolve(document.Figures).Figures
        where figure.Kind is not (RateKind.Index or RateKind.Legacy)
        from code in new[] { figure.Pair.Base, figure.Pair.Quote }
        where !CurrencyRegistry.ExistedOn(code, figure.AsOf)
        select (document.Provider.Key, code.Code, figure.AsOf);

    private static HashSet<(string Provider, string Code)> Known()
    {
        HashSet<(string, string)> labels = [];
        using var reader = CsvReader.FromFile(Path.Combine(AppContext.BaseDirectory, "OutOfLife.csv"),
            new CsvReaderOptions { Separator = ',' });
        while (reader.Read())
        {
            Assert.NotEqual("", reader.GetString("reason"));
            Assert.True(labels.Add((reader.GetString("provider"), reader.GetString("label"))));
        }

        return labels;
    }
}
