using Rates.Core;
using Rates.Testing;

namespace Rates.Api.Tests;

/// <summary>
/// The rule of docs/choosing.md over the recorded figures that ship with the product, and over the captures where there are any: 12,000
/// random pairs, days and selections of providers, the same ones in every run.
/// </summary>
public sealed class ChoosingTests(ITestOutputHelper output)
{
    private const int Days = 300;
    private const int CasesOfDay = 40;
    private const decimal Invertible = 0.000000000000000001m;

    [Fact]
    public Task No_answer_over_the_shipped_figures_breaks_the_rule() => TryAsync(ChoosingBook.Seeded());

    [Fact]
    public async Task No_answer_over_the_captures_breaks_the_rule()
    {
        Assert.SkipUnless(Recordings.Captures is not null, Recordings.NoCaptures);
        await TryAsync(ChoosingBook.Captured());
    }

    [Fact]
    public async Task The_latest_rates_are_those_of_today_shipped_ones_included()
    {
        var (book, dated, today, _, _) = ChoosingBook.Seeded();

        Assert.Same(book.Entries, await dated.ReadAsync(today, book, book.AllIndexes, TestContext.Current.CancellationToken));
        foreach (var entry in book.Entries.Where(entry => entry.AsOf < today))
        {
            // Yesterday already held what is still the newest: it is found although no history is stored.
            var yesterday = await dated.ReadAsync(entry, today.AddDays(-1), TestContext.Current.CancellationToken);
            Assert.Equal(entry.AsOf, yesterday.AsOf);
        }
    }

    private async Task TryAsync(ChoosingBook books)
    {
        var (book, dated, today, days, tomorrow) = books;
        var toldLater = await tomorrow.ReadAsync(today, book, book.AllIndexes, TestContext.Current.CancellationToken);
        var random = new Random(20260524);
        var (answered, blended, stale) = (0, 0, 0);
        for (var count = 0; count < Days; count++)
        {
            var day = random.Next(3) == 0 ? today : days[random.Next(days.Count)];
            var entries = await dated.ReadAsync(day, book, book.AllIndexes, TestContext.Current.CancellationToken);
            Currency[] currencies = [.. entries.SelectMany(entry => entry.Rates?.Crosses.Currencies ?? []).Distinct().Order()];
            for (var one = 0; one < CasesOfDay; one++)
            {
                var pair = new CurrencyPair(currencies[random.Next(currencies.Length)], currencies[random.Next(currencies.Length)]);
                var isNamed = random.Next(2) == 0;
                ushort[] indexes = isNamed ? [.. book.AllIndexes.Where(_ => random.Next(8) == 0)] : book.EligibleIndexesOn(day);
                var straight = Blend(pair, entries, indexes, day, isNamed);
                if (straight.IsEmpty)
                {
                    continue;
                }

                answered++;
                stale += straight.Choice.IsStale ? 1 : 0;
                var inverted = Blend(pair.Inverse, entries, indexes, day, isNamed);
                foreach (var method in new[] { Selection.First, Selection.Median, Selection.Mean, Selection.Consensus })
                {
                    var blend = straight.Combine(method);
                    blended += blend.Count > 1 ? 1 : 0;
                    CheckWitnesses(straight, blend, indexes, entries, (day, today), isNamed);
                    CheckInverse(pair, method, straight, blend, inverted.Combine(method));
                }

                if (day == today)
                {
                    CheckSame(straight, Blend(pair, toldLater, indexes, today, isNamed));
                }
            }
        }

        // A test of nothing would pass as well.
        output.WriteLine($"{Days * CasesOfDay} cases, {answered} answered, {blended} blends, {stale} stale");
        Assert.InRange(answered, Days * CasesOfDay / 5, Days * CasesOfDay);
        Assert.InRange(blended, 500, 4 * Days * CasesOfDay);
        Assert.InRange(stale, 100, answered - 100);
    }

    /// <summary>What the latest rates are today, tomorrow tells for today's date.</summary>
    private static void CheckSame(PairBlend latest, PairBlend dated)
    {
        foreach (var method in new[] { Selection.First, Selection.Median })
        {
            var (one, other) = (latest.Combine(method), dated.Combine(method));
            Assert.Equal(one.Rate, other.Rate);
            Assert.Equal(one.Providers, other.Providers);
        }

        Assert.Equal(latest.Choice.IsStale, dated.Choice.IsStale);
    }

    private static void CheckInverse(CurrencyPair pair, Selection method, PairBlend blends, BlendResult straight, BlendResult inverted)
    {
        if (method is Selection.First or Selection.Median && IsPrecise(pair, blends, straight)
            && straight.Rate is { } rate && inverted.Rate is { } inverse)
        {
            Assert.True(Math.Abs(rate * inverse - 1) <= Invertible, $"{method} {pair} {rate} x {inverse}");
        }
    }

    private static void CheckWitnesses(
        PairBlend pair, BlendResult blend, ushort[] indexes, ProviderEntry[] entries, (DateOnly Asked, DateOnly Today) day, bool isNamed)
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
            Assert.True(asOf <= day.Asked || day.Asked == day.Today, $"{entry.Key} {asOf} is after {day.Asked}");
            if (profile.Calendar.Cadence is Cadence.Daily or Cadence.Live)
            {
                Assert.True(newest.DayNumber - asOf.DayNumber <= WitnessRule.MaxDaysApart, $"{entry.Key} {asOf} beside {newest}");
            }
        });
    }

    /// <summary>
    /// Below 1e-9 a decimal has fewer than 19 digits, and a provider that publishes both directions rounds each by itself.
    /// </summary>
    private static bool IsPrecise(CurrencyPair pair, PairBlend blends, BlendResult blend) =>
        blend.Min is > 0.000000001m and < 1_000_000_000m && blend.Max < 1_000_000_000m
        && blend.Providers.All(key => blends.Find(key)!.Entry.Rates!.Crosses is var crosses
            && !(crosses.Find(pair)!.IsDerived is false && crosses.Find(pair.Inverse)!.IsDerived is false && pair.Base != pair.Quote));

    private static PairBlend Blend(CurrencyPair pair, ProviderEntry[] entries, ushort[] indexes, DateOnly day, bool isNamed) =>
        PairBlend.Of(pair, new BlendScope { Entries = entries, Indexes = indexes, Day = day, IsNamed = isNamed });
}
