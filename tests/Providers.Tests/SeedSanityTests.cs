using System.Globalization;
using System.Text.Json;
using Rates.Core;
using Rates.Testing;

namespace Rates.Providers.Tests;

/// <summary>
/// The providers of the seed are held against each other: a figure many times that of the others is in other units, or turned round.
/// </summary>
public sealed class SeedSanityTests
{
    private const decimal Most = 5;
    private const int Fewest = 3;

    private static readonly Currency Usd = Currency.Parse("USD");

    // What these publishers print is what they mean.
    private static readonly HashSet<(string Provider, string Code)> Known =
    [
        ("bis", "VES"), // of the beginning of 2025, before the bolivar lost most of its value
        ("cbsl", "IRR"), // the official rate of 42,000 rials to the dollar, which others no longer print
        ("nbp.b", "CUP"), // the peso at par with the dollar, as for Cuban companies until 2021
        ("un", "SDG"), // the rate at which the United Nations change money in Sudan, not the official one
        ("un", "SOS"), // the same in Somalia
    ];

    [Fact]
    public void No_figure_is_five_times_that_of_the_other_providers()
    {
        var rates = Rates().ToList();
        var apart = from currency in rates.GroupBy(rate => rate.Code)
                    where currency.Count() >= Fewest
                    let middle = currency.Select(rate => rate.Rate).Order().ElementAt(currency.Count() / 2)
                    from rate in currency
                    where !Known.Contains((rate.Provider, rate.Code)) && (rate.Rate > middle * Most || rate.Rate < middle / Most)
                    select $"{rate.Provider}: 1 USD = {rate.Rate} {rate.Code}, of others {middle}";

        Assert.InRange(rates.Count, 1_000, int.MaxValue);
        Assert.Empty(apart);
    }

    [Theory]
    [InlineData("bcc", "JPY/CUP", "6.62375")]
    [InlineData("bna", "XAU/AOA", "4543.25")]
    public void What_a_bank_prints_in_other_units_or_turned_round_is_no_rate(string key, string pair, string rate)
    {
        var provider = ProviderCatalog.Shipped().Find(key)!;
        var figure = decimal.Parse(rate, CultureInfo.InvariantCulture);
        Observation row = new(new(2026, 5, 21), CurrencyPair.Parse(pair), figure, RateKind.Reference);

        var read = provider.Labels.Resolve([row]);

        Assert.Empty(read.Figures);
        Assert.Contains("is no rate", Assert.Single(read.Refused).Reason, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Provider, string Code, decimal Rate)> Rates()
    {
        using var seed = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "Standalone", "seed.json")));
        return
        [
            .. from provider in seed.RootElement.EnumerateObject()
               let profile = ProviderCatalog.Shipped().Find(provider.Name)!.Block.Profile(provider.Name)
               let crosses = CrossRates.Of([.. Figures(provider.Value)], profile.Pivot)
               from code in crosses.Currencies
               let cross = crosses.Find(new(Usd, code))
               where cross is not null
               select (provider.Name, code.Code, cross.Rate),
        ];
    }

    private static IEnumerable<Observation> Figures(JsonElement days) =>
        from day in days.EnumerateObject()
        from kind in day.Value.EnumerateObject()
        let which = JsonSerializer.Deserialize<RateKind>($"\"{kind.Name}\"")
        from figure in kind.Value.EnumerateObject()
        select new Observation(IsoText.ParseDay(day.Name), CurrencyPair.Parse(figure.Name), figure.Value.GetDecimal(), which);
}
