using System.Text.Json;
using Rates.Core;
using Rates.Testing;

namespace Rates.Api.Tests;

/// <summary>
/// The rule of docs/choosing.md over the recorded figures that ship with the product: 10,000 random pairs, days and selections of
/// providers, the same ones in every run.
/// </summary>
public sealed class ChoosingTests
{
    private const int Cases = 10_000;
    private const decimal Invertible = 0.000000000000000001m;

    private static readonly DateTimeOffset Now = new(2026, 5, 24, 18, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 5, 24);

    [Fact]
    public async Task No_answer_breaks_the_rule()
    {
        var (book, dated) = Seeded();
        var random = new Random(20260524);
        Currency[] currencies = [.. book.Entries.SelectMany(entry => entry.Rates?.Crosses.Currencies ?? []).Distinct().Order()];
        var (answered, blended, stale) = (0, 0, 0);
        for (var count = 0; count < Cases; count++)
        {
            var pair = new CurrencyPair(currencies[random.Next(currencies.Length)], currencies[random.Next(currencies.Length)]);
            var day = random.Next(3) == 0 ? Today : Today.AddDays(-random.Next(120));
            var isNamed = random.Next(2) == 0;
            ushort[] indexes = isNamed ? [.. book.AllIndexes.Where(_ => random.Next(8) == 0)] : book.EligibleIndexesOn(day);
            var entries = await dated.ReadAsync(day, book, indexes, TestContext.Current.CancellationToken);
            var (straight, inverted) = (Blend(pair, entries, indexes, day, isNamed), Blend(pair.Inverse, entries, indexes, day, isNamed));
            if (straight.IsEmpty)
            {
                continue;
            }

            answered++;
            stale += straight.Choice.IsStale ? 1 : 0;
            foreach (var method in new[] { Selection.First, Selection.Median, Selection.Mean, Selection.Consensus })
            {
                var blend = straight.Combine(method);
                blended += blend.Count > 1 ? 1 : 0;
                CheckWitnesses(straight, blend, indexes, entries, day, isNamed);
                if (method is Selection.First or Selection.Median && IsPrecise(pair, straight, blend)
                    && blend.Rate is { } rate && inverted.Combine(method).Rate is { } inverse)
                {
                    Assert.True(Math.Abs(rate * inverse - 1) <= Invertible, $"{method} {pair} {rate} x {inverse} on {day}");
                }
            }
        }

        // A test of nothing would pass as well.
        Assert.InRange(answered, Cases / 5, Cases);
        Assert.InRange(blended, 500, 4 * Cases);
        Assert.InRange(stale, 100, answered - 100);
    }

    [Fact]
    public async Task The_latest_rates_are_those_of_today_shipped_ones_included()
    {
        var (book, dated) = Seeded();

        Assert.Same(book.Entries, await dated.ReadAsync(Today, book, book.AllIndexes, TestContext.Current.CancellationToken));
        foreach (var entry in book.Entries.Where(entry => entry.AsOf < Today))
        {
            // Yesterday already held what is still the newest: it is found although no history is stored.
            var yesterday = await dated.ReadAsync(entry, Today.AddDays(-1), TestContext.Current.CancellationToken);
            Assert.Equal(entry.AsOf, yesterday.AsOf);
        }
    }

    private static void CheckWitnesses(
        PairBlend pair, BlendedRate blend, ushort[] indexes, ProviderEntry[] entries, DateOnly day, bool isNamed)
    {
        string[] absent = [.. pair.NotUsed(blend).Select(left => left.Provider)];
        Assert.Empty(absent.Intersect(blend.Providers));
        Assert.Equal(
            indexes.Select(index => entries[index].Key).Order(StringComparer.Ordinal), absent.Concat(blend.Providers)
                .Order(StringComparer.Ordinal));
        Assert.All(pair.NotUsed(blend), left => Assert.NotEqual("", left.Reason));

        ProviderEntry[] used = [.. blend.Providers.Select(key => pair.Find(key)!.Entry)];
        var newest = blend.Providers.Max(key => pair.Find(key)!.Cross.AsOf);
        Assert.True(blend.Newest <= newest && blend.Oldest <= blend.Newest);
        Assert.All(used, entry =>
        {
            var profile = entry.Stored.Profile;
            var asOf = pair.Find(entry.Key)!.Cross.AsOf;
            Assert.True(isNamed || profile.Category is ProviderCategory.Reference or ProviderCategory.Market,
                $"{entry.Key} {profile.Category}");
            Assert.True(isNamed || profile.Calendar.Cadence is Cadence.Daily or Cadence.Live or Cadence.None,
                $"{entry.Key} {profile.Calendar.Cadence}");
            Assert.True(pair.Choice.IsStale || !entry.IsOutOfUse, $"{entry.Key} is {entry.Status} beside others");
            Assert.True(asOf <= day || day == Today, $"{entry.Key} {asOf} is after {day}");
            if (profile.Calendar.Cadence is Cadence.Daily or Cadence.Live)
            {
                Assert.True(newest.DayNumber - asOf.DayNumber <= WitnessRule.MaxDaysApart, $"{entry.Key} {asOf} beside {newest}");
            }
        });
    }

    /// <summary>
    /// Below 1e-9 a decimal has fewer than 19 digits, and a provider that publishes both directions rounds each by itself.
    /// </summary>
    private static bool IsPrecise(CurrencyPair pair, PairBlend blends, BlendedRate blend) =>
        blend.Min is > 0.000000001m and < 1_000_000_000m && blend.Max < 1_000_000_000m
        && blend.Providers.All(key => blends.Find(key)!.Entry.Rates!.Crosses is var crosses
            && !(crosses.Find(pair)!.IsDerived is false && crosses.Find(pair.Inverse)!.IsDerived is false && pair.Base != pair.Quote));

    private static PairBlend Blend(CurrencyPair pair, ProviderEntry[] entries, ushort[] indexes, DateOnly day, bool isNamed) =>
        PairBlend.Of(pair, new BlendScope { Entries = entries, Indexes = indexes, Day = day, IsNamed = isNamed });

    /// <summary>A book of the shipped sheets, each published on its own day, with the profiles of the shipped blocks.</summary>
    private static (RateBook Book, DatedBooks Dated) Seeded()
    {
        var entries = new List<ProviderEntry>();
        using var seed = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "Standalone", "seed.json")));
        foreach (var provider in seed.RootElement.EnumerateObject())
        {
            Observation[] figures =
            [
                .. from day in provider.Value.EnumerateObject()
                   from kind in day.Value.EnumerateObject()
                   from figure in kind.Value.EnumerateObject()
                   select new Observation(
                       IsoText.ParseDay(day.Name), CurrencyPair.Parse(figure.Name), figure.Value.GetDecimal(),
                       JsonSerializer.Deserialize<RateKind>($"\"{kind.Name}\"")),
            ];
            var sheet = new RateSheet
            {
                Provider = provider.Name,
                AsOf = figures.Max(figure => figure.AsOf),
                FetchedAt = Now,
                CheckedAt = Now,
                Observations = figures,
            };
            entries.Add(ProviderEntry.Of(new(Profile(provider.Name), null, new()), sheet, null, Now, "", Now));
        }

        return (new(entries, []), new(new ProviderDays(new InMemoryRates()), new FakeTimeProvider(Now)));
    }

    private static ProviderProfile Profile(string key)
    {
        var file = Directory.EnumerateFiles(Path.Combine(Repository.Root, "Providers"), "*.json")
            .Single(file => string.Equals(Path.GetFileNameWithoutExtension(file), key, StringComparison.OrdinalIgnoreCase));
        using var block = JsonDocument.Parse(File.ReadAllBytes(file));
        var root = block.RootElement;
        var calendar = root.TryGetProperty("calendar", out var given) ? given : default;
        return new()
        {
            Key = key,
            Name = key,
            Enabled = true,
            Pivot = root.TryGetProperty("pivot", out var pivot) ? Currency.Parse(pivot.GetString()!) : default,
            Category = root.GetProperty("category").Deserialize<ProviderCategory>(),
            Independence = root.TryGetProperty("independence", out var group) ? group.GetString()! : key,
            HistoryUntil = root.TryGetProperty("historyUntil", out var until) ? IsoText.ParseDay(until.GetString()!) : null,
            Calendar = calendar.ValueKind == JsonValueKind.Object && calendar.TryGetProperty("cadence", out var cadence)
                ? new() { Cadence = cadence.Deserialize<Cadence>() }
                : new(),
        };
    }
}
