using Rates.Core;

namespace Rates.Providers.Tests;

/// <summary>The pegs that ship are in force on the days their table says, and no source is asked for them.</summary>
public sealed class PegsTests
{
    private static readonly Pegs Pegs = new();
    private static readonly FetchWindow Week = new(new(2025, 12, 29), new(2026, 1, 4), new(2026, 1, 4));

    [Fact]
    public void Nobody_is_asked() => Assert.Empty(Pegs.Requests(Week));

    [Fact]
    public void A_peg_holds_on_every_day_of_the_window() =>
        Assert.Equal(Week.Days(), Days("USD/SAR"));

    [Fact]
    public void A_peg_ends_on_the_day_it_was_given_up() =>
        Assert.Equal([new(2025, 12, 29), new(2025, 12, 30), new(2025, 12, 31)], Days("EUR/BGN"));

    [Fact]
    public void A_peg_does_not_hold_before_its_table_vouches_for_it()
    {
        var day = new DateOnly(2025, 3, 30);

        Assert.DoesNotContain(Pegs.Standing(FetchWindow.Of(day, day)), peg => peg.Pair.Quote.Code == "XCG");
        Assert.Contains(Pegs.Standing(FetchWindow.Of(day.AddDays(1), day)), peg => peg.Pair.Quote.Code == "XCG");
    }

    [Fact]
    public void No_pair_is_pegged_twice_on_one_day() =>
        Assert.All(Pegs.Standing(Week).GroupBy(peg => (peg.AsOf, peg.Pair)), pegs => Assert.Single(pegs));

    private static IEnumerable<DateOnly> Days(string pair) =>
        Pegs.Standing(Week).Where(peg => peg.Pair == CurrencyPair.Parse(pair)).Select(peg => peg.AsOf);
}
