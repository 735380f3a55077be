using System.Text;
using Rates.Core;

namespace Rates.Api.Tests;

public sealed class EncodedRatesTests
{
    private static readonly DateOnly Day = new(2026, 11, 20);

    [Fact]
    public void Members_copied_at_once_are_those_of_each_quote_in_turn()
    {
        // Digits of every length, so that a member is shorter, as long as, and longer than the block that is copied.
        var sheet = CurrencySet.All;
        List<Observation> figures = [];
        foreach (var ordinal in sheet)
        {
            var code = CurrencyTable.At(ordinal);
            if (ordinal % 3 != 0 && code != Currency.Eur)
            {
                var rate = decimal.Parse("1." + new string('7', 1 + (ordinal % 28)));
                figures.Add(new(Day, new(Currency.Eur, code), rate, RateKind.Reference));
            }
        }

        var rates = EncodedRates.Make(CrossRates.Of(figures, Currency.Eur), CurrencyTable.OrdinalOf(Currency.Eur));
        var random = new Random(26);
        for (var round = 0; round < 2_000; round++)
        {
            CurrencySet quotes = default;
            StringBuilder expected = new();
            for (var count = random.Next(RatesLimits.Quotes); count > 0; count--)
            {
                quotes.Add(random.Next(CurrencyTable.Count));
            }

            foreach (var quote in quotes)
            {
                expected.Append(Encoding.ASCII.GetString(rates.Of(quote)));
            }

            var room = new byte[rates.RoomForMembers];
            var length = rates.CopyMembers(quotes, room);

            Assert.Equal(expected.ToString(), Encoding.ASCII.GetString(room, 0, length));
        }

        Assert.Equal("\"EUR\":1,", Encoding.ASCII.GetString(rates.Of(CurrencyTable.OrdinalOf(Currency.Eur))));
        Assert.DoesNotContain("EUR", Encoding.ASCII.GetString(rates.All), StringComparison.Ordinal);
        Assert.Contains("1." + new string('7', 28), Encoding.ASCII.GetString(rates.All), StringComparison.Ordinal);
    }

    [Fact]
    public void A_buffer_that_is_too_short_is_refused()
    {
        Observation[] figures = [new(Day, CurrencyPair.Parse("EUR/USD"), 1.1634m, RateKind.Reference)];
        var rates = EncodedRates.Make(CrossRates.Of(figures, Currency.Eur), CurrencyTable.OrdinalOf(Currency.Eur));

        Assert.Throws<ArgumentException>(() => rates.CopyMembers(CurrencySet.All, new byte[rates.RoomForMembers - 1]));
    }

    [Theory]
    [InlineData("GBX")]
    [InlineData("ZAC")]
    [InlineData("ILA")]
    public void A_minor_unit_is_no_registered_currency(string code) => Assert.Equal(-1, CurrencyTable.OrdinalOfCapitals(code));

    [Theory]
    [InlineData("USD", true)]
    [InlineData("usd", false)]
    [InlineData("GBp", false)]
    [InlineData("QQQ", false)]
    [InlineData("US", false)]
    [InlineData("USDX", false)]
    [InlineData("U$D", false)]
    public void Only_registered_codes_in_capitals_are_found_by_the_short_way(string code, bool isFound) =>
        Assert.Equal(isFound ? CurrencyTable.OrdinalOf(Currency.Parse(code)) : -1, CurrencyTable.OrdinalOfCapitals(code));
}
