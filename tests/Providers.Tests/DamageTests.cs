using System.Globalization;
using System.Text;
using System.Text.Json;
using Rates.Core;
using Rates.Testing;

namespace Rates.Providers.Tests;

/// <summary>
/// Twenty-four ways to damage a sheet, at every provider of the seed: no wrong figure may be served as if it were right, whether or not
/// others publish the pair. Prints a table: <c>--filter-class '*DamageTests' --show-live-output on</c>.
/// </summary>
/// <remarks>
/// The world is synthetic: each provider publishes the pairs that it has in the seed, at the true cross of the day give or take 0.1 %. A
/// figure is wrong when it is more than 2.3 % from the truth: the market itself moves by 2 % between two fixings. It is served when it is
/// accepted and not marked unconfirmed.
/// </remarks>
public sealed class DamageTests(ITestOutputHelper output)
{
    private const int Seed = 20260820;
    private const decimal Wrong = 0.023m;

    private static readonly DateOnly Before = new(2026, 8, 19);
    private static readonly DateOnly Day = new(2026, 8, 20);

    private static readonly (string Name, bool IsFirst, Func<World, RateSheet, Observation[]> Damage)[] Damages =
    [
        ("x 10", false, (_, sheet) => All(sheet, rate => rate * 10)),
        ("/ 10", false, (_, sheet) => All(sheet, rate => rate / 10)),
        ("x 100", false, (_, sheet) => All(sheet, rate => rate * 100)),
        ("/ 100", false, (_, sheet) => All(sheet, rate => rate / 100)),
        ("x 1000", false, (_, sheet) => All(sheet, rate => rate * 1000)),
        ("inverted", false, (_, sheet) => All(sheet, rate => decimal.Round(1 / rate, 12))),
        ("base and quote swapped", false, (_, sheet) => [.. sheet.Observations.Select(row => row with { Pair = row.Pair.Inverse })]),
        ("rows moved down by one", false, (_, sheet) => [.. sheet.Observations.Select((row, at) =>
            row with { Rate = sheet.Observations[(at + 1) % sheet.Observations.Count].Rate })]),
        ("two rows swapped", false, (world, sheet) => SwapTwo(sheet, world.Random)),
        ("decimal point moved in one row", false, (world, sheet) => One(sheet, world.Random, rate => rate * 10)),
        ("one row / 100", false, (world, sheet) => One(sheet, world.Random, rate => rate / 100)),
        ("one row inverted", false, (world, sheet) => One(sheet, world.Random, rate => decimal.Round(1 / rate, 12))),
        ("one row with a wrong digit", false, (world, sheet) => One(sheet, world.Random, rate => rate * 1.3m)),
        ("one row + 4 %", false, (world, sheet) => One(sheet, world.Random, rate => rate * 1.04m)),
        ("one row - 4 %", false, (world, sheet) => One(sheet, world.Random, rate => rate * 0.96m)),
        ("one row + 2.5 %", false, (world, sheet) => One(sheet, world.Random, rate => rate * 1.025m)),
        ("one row - 2.5 %", false, (world, sheet) => One(sheet, world.Random, rate => rate * 0.975m)),
        ("all + 2.5 %", false, (_, sheet) => All(sheet, rate => rate * 1.025m)),
        ("all + 4 %", false, (_, sheet) => All(sheet, rate => rate * 1.04m)),
        ("sheet of a year ago under today's date", false, (world, sheet) => world.YearAgo(sheet)),
        ("first sheet x 10", true, (_, sheet) => All(sheet, rate => rate * 10)),
        ("first sheet of the market + 4 %", true, (world, sheet) =>
            world.IsOfTheMarket(sheet) ? All(sheet, rate => rate * 1.04m) : [.. sheet.Observations]),
        ("first sheet inverted", true, (_, sheet) => All(sheet, rate => decimal.Round(1 / rate, 12))),
        ("first sheet with one row / 100", true, (world, sheet) => One(sheet, world.Random, rate => rate / 100)),
    ];

    [Fact]
    public void No_damaged_figure_is_served_as_if_it_were_right()
    {
        var world = new World(Seed);
        var wrong = 0;
        var table = new StringBuilder().Append(CultureInfo.InvariantCulture, $"seed {Seed}, {world.Providers.Count} providers\n");
        table.Append("damage                                    damaged  refused  unconfirmed  served, 2 witnesses  served, fewer\n");
        foreach (var (name, isFirst, damage) in Damages)
        {
            var (damaged, refused, unconfirmed, served, alone) = (0, 0, 0, 0, 0);
            foreach (var provider in world.Providers)
            {
                var sheet = world.Sheet(provider, Day);
                var candidate = damage(world, sheet);
                var verdict = Check(world, provider, candidate, isFirst ? null : world.Sheet(provider, Before));
                var accepted = UnconfirmedMarks.Cleared(verdict.Accepted).ToHashSet();
                var marked = UnconfirmedMarks.Cleared(verdict.Accepted.Where(row => row.IsUnconfirmed)).ToHashSet();
                foreach (var row in candidate.Where(row => Math.Abs(row.Rate / world.True(row.Pair) - 1) > Wrong))
                {
                    damaged++;
                    refused += accepted.Contains(row) ? 0 : 1;
                    unconfirmed += marked.Contains(row) ? 1 : 0;
                    if (accepted.Contains(row) && !marked.Contains(row))
                    {
                        wrong++;
                        served += world.Witnesses(provider, [row.Pair]).Count >= 2 ? 1 : 0;
                        alone += world.Witnesses(provider, [row.Pair]).Count < 2 ? 1 : 0;
                    }
                }
            }

            table.Append(CultureInfo.InvariantCulture, $"{name,-40}{damaged,9}{refused,9}{unconfirmed,13}{served,21}{alone,15}\n");
            Assert.True(refused + unconfirmed > 0, table.ToString());
        }

        output.WriteLine(table.ToString());
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Undamaged_sheets_are_accepted_whole()
    {
        var world = new World(Seed);

        Assert.All(world.Providers, provider =>
        {
            var sheet = world.Sheet(provider, Day);
            Assert.Equal(sheet.Observations.Count, Check(world, provider, [.. sheet.Observations], world.Sheet(provider, Before))
                .Accepted.Count);
            Assert.Equal(sheet.Observations.Count, Check(world, provider, [.. sheet.Observations], null).Accepted.Count);
        });
    }

    private static IngestVerdict Check(World world, ProviderProfile profile, Observation[] candidate, RateSheet? previous)
    {
        var context = new IngestContext { Profile = profile with { HistoryFrom = null }, Previous = previous, Today = Day };
        var doubtful = IngestRules.Check(candidate, context).Doubtful;
        return IngestRules.Check(candidate, context with { Witnesses = world.Witnesses(profile, doubtful) });
    }

    private static Observation[] All(RateSheet sheet, Func<decimal, decimal> change) =>
        [.. sheet.Observations.Select(row => row with { Rate = change(row.Rate) })];

    private static Observation[] One(RateSheet sheet, Random random, Func<decimal, decimal> change)
    {
        Observation[] rows = [.. sheet.Observations];
        var at = random.Next(rows.Length);
        rows[at] = rows[at] with { Rate = change(rows[at].Rate) };
        return rows;
    }

    private static Observation[] SwapTwo(RateSheet sheet, Random random)
    {
        Observation[] rows = [.. sheet.Observations];
        var (one, other) = (random.Next(rows.Length), random.Next(rows.Length));
        (rows[one], rows[other]) = (rows[one] with { Rate = rows[other].Rate }, rows[other] with { Rate = rows[one].Rate });
        return rows;
    }

    /// <summary>Providers, pairs and one true value of each currency, all from the seed.</summary>
    private sealed class World
    {
        private readonly Dictionary<string, CurrencyPair[]> _pairs;
        private readonly Dictionary<string, CrossRates> _crosses = [];
        private readonly Dictionary<Currency, decimal> _value = [];
        private readonly Dictionary<Currency, decimal> _drift = [];
        private readonly Dictionary<(string Provider, CurrencyPair Pair), decimal> _noise = [];

        public World(int seed)
        {
            Random = new(seed);
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "Standalone", "seed.json")));
            var figures = document.RootElement.EnumerateObject().SelectMany(provider => provider.Value.EnumerateObject()
                .SelectMany(day => day.Value.EnumerateObject()).SelectMany(kind => kind.Value.EnumerateObject())
                .Select(figure => (Provider: provider.Name, Pair: CurrencyPair.Parse(figure.Name), Rate: figure.Value.GetDecimal())))
                    .ToList();
            _pairs = figures.GroupBy(figure => figure.Provider).ToDictionary(
                provider => provider.Key,
                provider => provider.Select(figure => figure.Pair).Distinct().Where(IsOfToday).ToArray());

            // Walks from the dollar to every currency that some provider joins to it.
            _value[Currency.Usd] = 1;
            while (figures.FirstOrDefault(figure =>
                _value.ContainsKey(figure.Pair.Base) != _value.ContainsKey(figure.Pair.Quote)) is { Rate: > 0 } next)
            {
                var (pair, rate) = (next.Pair, next.Rate);
                if (_value.TryGetValue(pair.Base, out var @base))
                {
                    _value[pair.Quote] = @base / rate;
                }
                else
                {
                    _value[pair.Base] = _value[pair.Quote] * rate;
                }
            }

            Providers = [.. ProviderCatalog.Shipped().All.Where(provider => _pairs.ContainsKey(provider.Key))
                .Select(provider => provider.Block.Profile(provider.Key))];
            foreach (var currency in _value.Keys.Order())
            {
                _drift[currency] = 1 + Random.Next(-150, 150) / 1000m;
            }

            foreach (var (provider, pairs) in _pairs)
            {
                foreach (var pair in pairs)
                {
                    // A source that publishes both directions computes one of them from the other.
                    _noise[(provider, pair)] = _noise.TryGetValue((provider, pair.Inverse), out var inverse)
                        ? 1 / inverse
                        : 1 + Random.Next(-10, 10) / 10_000m;
                }
            }
        }

        public Random Random { get; }

        public IReadOnlyList<ProviderProfile> Providers { get; }

        /// <summary>Whether its source publishes the market's rate of each day; others may differ from the market by more.</summary>
        public bool IsOfTheMarket(RateSheet sheet) => Providers.Single(provider => provider.Key == sheet.Provider) is
        {
            Category: ProviderCategory.Reference or ProviderCategory.Market,
            Calendar.Cadence: Cadence.Daily or Cadence.Live,
        };

        public decimal True(CurrencyPair pair) => _value[pair.Base] / _value[pair.Quote];

        public RateSheet Sheet(ProviderProfile provider, DateOnly day) => new()
        {
            Provider = provider.Key,
            AsOf = day,
            FetchedAt = DateTimeOffset.UnixEpoch,
            CheckedAt = DateTimeOffset.UnixEpoch,
            Observations = [.. _pairs[provider.Key].Select(pair =>
                new Observation(day, pair, Digits(True(pair) * _noise[(provider.Key, pair)] * (day == Day ? 1 : 0.999m)),
                    RateKind.Reference))],
        };

        public Observation[] YearAgo(RateSheet sheet) => [.. sheet.Observations.Select(row =>
            row with { Rate = Digits(row.Rate * _drift[row.Pair.Base] / _drift[row.Pair.Quote]) })];

        /// <summary>What the other eligible providers published that day, as the worker collects it.</summary>
        public List<Observation> Witnesses(ProviderProfile asked, IReadOnlyList<CurrencyPair> pairs)
        {
            List<Observation> witnesses = [];
            HashSet<string> groups = [asked.Independence];
            foreach (var other in Providers.Where(other => WitnessRule.WhyNotByDefault(other, Day) is null
                && groups.Add(other.Independence)))
            {
                if (!_crosses.TryGetValue(other.Key, out var crosses))
                {
                    _crosses[other.Key] = crosses = CrossRates.Of(Sheet(other, Day).Observations, other.Pivot);
                }

                witnesses.AddRange(pairs.Select(crosses.Find).OfType<CrossRate>()
                    .Select(cross => new Observation(cross.AsOf, cross.Pair, cross.Rate, cross.Kind)));
            }

            return witnesses;
        }

        private static bool IsOfToday(CurrencyPair pair) =>
            CurrencyRegistry.ExistedOn(pair.Base, Day) && CurrencyRegistry.ExistedOn(pair.Quote, Day);

        /// <summary>Eight significant digits, so that rounding is far below the noise.</summary>
        private static decimal Digits(decimal rate)
        {
            var places = 8;
            for (var rest = rate; rest < 0.1m && places < 26; rest *= 10)
            {
                places++;
            }

            return decimal.Round(rate, places);
        }
    }
}
