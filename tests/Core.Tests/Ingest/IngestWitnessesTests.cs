namespace Rates.Core.Tests;

public sealed class IngestWitnessesTests
{
    /// <summary>Five figures of the candidate, and how another provider publishes them.</summary>
    [Theory]
    [InlineData("1.16 0.86 0.93 176 11.08", 5, false)]
    [InlineData("1.16 0.86 0.93 176 11.09", 5, true)]
    [InlineData("1.16 0.86 0.93 176 11.08", 4, true)]
    public void A_provider_that_publishes_the_same_figures_is_no_witness(string rates, int common, bool isWitness)
    {
        var candidate = Figures("1.16 0.86 0.93 176 11.08")[..common];
        var witnesses = new IngestWitnesses(Profile("own"), [Pair], new(2026, 4, 14)) { Candidate = candidate };

        witnesses.Add(Profile("copy"), CrossRates.Of(Figures(rates), Currency.Eur));

        Assert.Equal(isWitness ? 1 : 0, witnesses.Rates.Count);
        Assert.Equal(!isWitness, witnesses.Admits(Profile("copy")));
    }

    [Fact]
    public void Figures_in_the_other_direction_are_no_copy()
    {
        var candidate = Figures("1 1 1 1 1");
        var witnesses = new IngestWitnesses(Profile("own"), [Pair], new(2026, 4, 14)) { Candidate = candidate };

        witnesses.Add(Profile("one"), CrossRates.Of([.. candidate.Select(row => row with { Pair = row.Pair.Inverse })], Currency.Eur));

        Assert.Single(witnesses.Rates);
    }

    private static Observation[] Figures(string rates) => [.. "USD GBP CHF JPY SEK".Split(' ').Zip(
        rates.Split(' '), (quote, rate) => Given.Figure($"2026-04-14 EUR/{quote} {rate}"))];

    private static readonly CurrencyPair Pair = CurrencyPair.Parse("EUR/JPY");

    [Fact]
    public void Each_group_is_asked_once_and_the_providers_own_never()
    {
        var witnesses = new IngestWitnesses(Profile("own"), [Pair], new(2026, 4, 14));

        Assert.False(witnesses.Admits(Profile("own")));
        Assert.True(witnesses.Admits(Profile("one")));
        witnesses.Add(Profile("one"), Crosses("2026-04-14 EUR/USD 1.25", "2026-04-14 USD/JPY 130"));
        Assert.False(witnesses.Admits(Profile("one")));
        Assert.True(witnesses.Admits(Profile("two")));
        Assert.Equal(new Observation(new(2026, 4, 14), Pair, 162.5m, RateKind.Reference), Assert.Single(witnesses.Rates));
    }

    [Fact]
    public void A_provider_that_takes_no_part_in_blends_is_no_witness()
    {
        var witnesses = new IngestWitnesses(Profile("own"), [Pair], new(2026, 4, 14));

        Assert.False(witnesses.Admits(Profile("one") with { Category = ProviderCategory.Compliance }));
        Assert.False(witnesses.Admits(Profile("one") with { HistoryUntil = new(2026, 4, 13) }));
        Assert.False(new IngestWitnesses(Profile("own"), [], new(2026, 4, 14)).Admits(Profile("one")));
    }

    private static ProviderProfile Profile(string group) => Given.Profile() with { Independence = group };

    private static CrossRates Crosses(params string[] figures) => CrossRates.Of(Given.Figures(figures), Currency.Usd);
}
