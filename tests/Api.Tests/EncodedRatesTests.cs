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

        var crosses = CrossRates.Of(figures, Currency.Eur);
        var rates = EncodedRates.Make(crosses, CurrencyTable.OrdinalOf(Currency.Eur));
        var encoded = new EncodedSheet(crosses);
        encoded.Warm(null);
        var usual = encoded.FiguresIn(CurrencyTable.OrdinalOf(Currency.Eur));
        var random = new Random(26);
        for (var round = 0; round < 2_000; round++)
        {
            CurrencySet quotes = default;
            StringBuilder expected = new();
            for (var count = random.Next(RatesLimits.Quotes); count > 0; count--)
            {
                quotes.Add(random.Next(CurrencyTable.Count));
            }

            var found = 0;
            foreach (var quote in quotes)
            {
                if (rates.Figures.FigureOf(quote) is { IsEmpty: false } figure)
                {
                    expected.Append($"\"{CurrencyTable.At(quote)}\":{Encoding.ASCII.GetString(figure)},");
                    found++;
                }
            }

            var room = new byte[rates.Figures.RoomForMembers];
            var copied = rates.Figures.CopyMembers(Ordinals(quotes), room, new ushort[RatesLimits.Quotes + 1]);

            Assert.Equal(expected.ToString(), Encoding.ASCII.GetString(room, 0, copied.Length));
            Assert.Equal((found, 0), (copied.Count, copied.Derived));

            var again = new byte[usual.RoomForMembers];
            Assert.Equal(copied, usual.CopyMembers(Ordinals(quotes), again, new ushort[RatesLimits.Quotes + 1]));
            Assert.Equal(expected.ToString(), Encoding.ASCII.GetString(again, 0, copied.Length));
        }

        Assert.Equal("1", Encoding.ASCII.GetString(rates.Figures.FigureOf(CurrencyTable.OrdinalOf(Currency.Eur))));
        Assert.DoesNotContain("EUR", Encoding.ASCII.GetString(rates.All), StringComparison.Ordinal);
        Assert.Contains("1." + new string('7', 28), Encoding.ASCII.GetString(rates.All), StringComparison.Ordinal);
    }

    [Fact]
    public void A_buffer_that_is_too_short_is_refused()
    {
        Observation[] figures = [new(Day, CurrencyPair.Parse("EUR/USD"), 1.1634m, RateKind.Reference)];
        var rates = EncodedRates.Make(CrossRates.Of(figures, Currency.Eur), CurrencyTable.OrdinalOf(Currency.Eur));

        Assert.Throws<ArgumentOutOfRangeException>(
            () => rates.Figures.CopyMembers(
                Ordinals(CurrencySet.All), new byte[rates.Figures.RoomForMembers - 1], new ushort[CurrencyTable.Count + 1]));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => rates.Figures.CopyMembers(
                Ordinals(CurrencySet.All), new byte[rates.Figures.RoomForMembers], new ushort[CurrencyTable.Count]));
    }

    [Fact]
    public void Every_member_is_there_once_and_in_alphabetical_order()
    {
        List<Observation> figures = [];
        foreach (var ordinal in CurrencySet.All)
        {
            var code = CurrencyTable.At(ordinal);
            if (code != Currency.Eur)
            {
                figures.Add(new(Day, new(Currency.Eur, code), 1 + (ordinal * 0.01m), RateKind.Reference));
            }
        }

        var rates = EncodedRates.Make(CrossRates.Of(figures, Currency.Eur), CurrencyTable.OrdinalOf(Currency.Eur));

        Assert.Equal(
            string.Concat(figures.Select(figure => $"\"{figure.Pair.Quote}\":{figure.Rate},").Order(StringComparer.Ordinal)),
            Encoding.ASCII.GetString(rates.All));
    }

    [Fact]
    public void Crosses_are_named_in_alphabetical_order()
    {
        Observation[] figures =
        [
            new(Day, CurrencyPair.Parse("EUR/USD"), 1.1634m, RateKind.Reference),
            new(Day, CurrencyPair.Parse("EUR/GBP"), 0.8654m, RateKind.Reference),
            new(Day, CurrencyPair.Parse("EUR/ZAR"), 20.11m, RateKind.Reference),
        ];
        var rates = EncodedRates.Make(CrossRates.Of(figures, Currency.Eur), CurrencyTable.OrdinalOf(Currency.Parse("USD")));
        CurrencySet quotes = CurrencySet.Of([.. "EUR GBP USD XAU ZAR".Split(' ').Select(Currency.Parse)]);
        List<string> named = [];
        foreach (var ordinal in rates.Derived.And(quotes))
        {
            named.Add(CurrencyTable.At(ordinal).Code);
        }

        var derived = new ushort[quotes.Count + 1];
        var copied = rates.Figures.CopyMembers(Ordinals(quotes), new byte[rates.Figures.RoomForMembers], derived);
        Assert.Equal(named, derived[..copied.Derived].Select(ordinal => CurrencyTable.At(ordinal).Code));
        Assert.Equal(4, copied.Count);

        Assert.Equal(["EUR", "GBP", "ZAR"], named);
    }

    [Fact]
    public void Figures_in_every_base_are_the_same_whoever_asks_first()
    {
        Currency[] known = [.. "EUR USD GBP JPY CHF ISK XAU KWD".Split(' ').Select(Currency.Parse)];
        var crosses = CrossRates.Of(
            [.. known.Skip(1).Select((quote, at) => new Observation(Day, new(Currency.Eur, quote), 0.7m + (at * 13), RateKind.Reference))],
            Currency.Eur);
        var encoded = new EncodedSheet(crosses);
        ushort[] quotes = [.. known.Select(quote => (ushort)CurrencyTable.OrdinalOf(quote)).Order()];
        Parallel.For(0, 2_000, round =>
        {
            var from = quotes[round * 7 % quotes.Length];
            var figures = encoded.FiguresIn(from);
            figures.Load();
            var room = new byte[figures.RoomForMembers];
            var copied = figures.CopyMembers(quotes, room, new ushort[quotes.Length + 1]);
            var expected = quotes.Select(quote =>
                $"\"{CurrencyTable.At(quote)}\":{Encoding.ASCII.GetString(EncodedRates.Make(crosses, from).Figures.FigureOf(quote))},");
            Assert.Equal(string.Concat(expected), Encoding.ASCII.GetString(room, 0, copied.Length));
            Assert.True(figures.CoversBase);
            Assert.False(encoded.FiguresIn(CurrencyTable.OrdinalOf(Currency.Parse("PLN"))).CoversBase);
        });
    }

    [Fact]
    public void A_provider_is_found_by_its_key_in_any_case_and_by_nothing_else()
    {
        string[] keys =
        [
            "ecb", "e", "nbp.b", "nbp-archive.b", "cb", "bank-of-x", "12345678", .. Enumerable.Range(0, 170).Select(number => $"p{number}"),
        ];
        var index = new ProviderIndex(keys);

        Assert.All(keys, (key, at) => Assert.Equal((at, at), (index.Find(key), index.Find(key.ToUpperInvariant()))));
        Assert.All(
            ["", "ec", "ecbb", "\0ecb", "ecb\0", "\u00e9cb", "p170", "nbp-archive.", "123456789", new string('a', 200)],
            key => Assert.Equal(-1, index.Find(key)));
        Assert.Equal(-1, new ProviderIndex([]).Find("ecb"));
    }

    [Fact]
    public void Every_currency_has_one_rank()
    {
        var ranks = Enumerable.Range(0, CurrencyTable.Count).Select(CurrencyTable.RankOf).ToList();

        Assert.Equal(Enumerable.Range(0, CurrencyTable.Count), ranks.Order());
        Assert.All(Enumerable.Range(0, CurrencyTable.Count), ordinal => Assert.Equal(ordinal, CurrencyTable.AtRank(ranks[ordinal])));
        Assert.Equal(1, CurrencyTable.RankOf(CurrencyTable.OrdinalOf(Currency.Usd)));
    }

    private static ushort[] Ordinals(CurrencySet quotes)
    {
        var ordinals = new ushort[quotes.Count];
        quotes.CopyTo(ordinals);
        return ordinals;
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
