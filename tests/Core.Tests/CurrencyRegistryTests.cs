namespace Rates.Core.Tests;

public sealed class CurrencyRegistryTests
{
    [Fact]
    public void Every_code_occurs_once_and_in_order()
    {
        var codes = CurrencyRegistry.All.Select(record => record.Code).ToArray();

        Assert.Equal(codes.Distinct().Order(), codes);
        Assert.Equal(176, CurrencyRegistry.All.Count(record => record is { IsIso: true, Retired: null }));
    }

    [Fact]
    public void No_last_day_precedes_the_first_and_successors_start_in_time()
    {
        Assert.All(CurrencyRegistry.All, record =>
        {
            Assert.Equal(record.Retired is null, record.Successor.IsNone);
            Assert.False(record.Born > record.Retired, $"{record.Code} ends before it begins");
            if (record.Retired is { } end)
            {
                var successor = Assert.IsType<CurrencyRecord>(CurrencyRegistry.Find(record.Successor));
                Assert.False(successor.Born > end.AddDays(1), $"there is a gap between {record.Code} and {successor.Code}");
                Assert.False(successor.Retired < end, $"{successor.Code} ended before {record.Code}");
            }
        });
    }

    [Fact]
    public void Numbers_are_three_digits_and_shared_only_with_a_predecessor()
    {
        Assert.All(CurrencyRegistry.All.Where(record => record.Numeric != "").GroupBy(record => record.Numeric), same =>
        {
            Assert.Matches("^[0-9]{3}$", same.Key);
            Assert.Single(same, record => !Successors(record).Intersect(same).Any());
        });

        static IEnumerable<CurrencyRecord> Successors(CurrencyRecord record) =>
            CurrencyRegistry.Find(record.Successor) is { } next ? Successors(next).Prepend(next) : [];
    }

    [Theory]
    [InlineData("DEM", "2002-02-28", "2002-03-01")]
    [InlineData("HRK", "2022-12-31", "2023-01-01")]
    [InlineData("BGN", "2025-12-31", "2026-01-01")]
    [InlineData("XEU", "1998-12-31", "1999-01-01")]
    [InlineData("BYR", "2016-12-31", "2017-01-01")]
    public void The_last_day_still_counts_and_the_next_does_not(string code, string last, string next)
    {
        Assert.True(CurrencyRegistry.ExistedOn(Currency.Parse(code), Given.Day(last)));
        Assert.False(CurrencyRegistry.ExistedOn(Currency.Parse(code), Given.Day(next)));
    }

    [Theory]
    [InlineData("EUR", "1999-01-01")]
    [InlineData("TRY", "2005-01-01")]
    [InlineData("XCG", "2025-03-31")]
    [InlineData("ZWG", "2024-04-05")]
    public void The_first_day_counts_and_the_one_before_does_not(string code, string first)
    {
        Assert.True(CurrencyRegistry.ExistedOn(Currency.Parse(code), Given.Day(first)));
        Assert.False(CurrencyRegistry.ExistedOn(Currency.Parse(code), Given.Day(first).AddDays(-1)));
    }

    [Fact]
    public void A_code_that_no_currency_ever_had_existed_on_no_day() =>
        Assert.False(CurrencyRegistry.ExistedOn(Currency.Parse("ZZZ"), Given.Day("2026-04-14")));

    [Theory]
    [InlineData("ADP", "2002-03-01")]
    [InlineData("AFA", "2002-10-07")]
    [InlineData("BGL", "1999-07-05")]
    [InlineData("BYB", "2000-01-01")]
    [InlineData("MGF", "2005-01-01")]
    [InlineData("MZM", "2006-07-01")]
    [InlineData("SDD", "2007-01-10")]
    [InlineData("SRG", "2004-01-01")]
    [InlineData("VEB", "2008-01-01")]
    public void A_retired_currency_is_refused_from_a_day_on(string code, string day)
    {
        Assert.True(CurrencyRegistry.ExistedOn(Currency.Parse(code), Given.Day(day).AddDays(-1)));
        Assert.False(CurrencyRegistry.ExistedOn(Currency.Parse(code), Given.Day(day)));
    }

    [Theory]
    [InlineData("ROL", "RON", "10000")]
    [InlineData("TMM", "TMT", "5000")]
    [InlineData("BRR", "BRL", "2750")]
    [InlineData("DEM", "EUR", "1.95583")]
    [InlineData("XEU", "EUR", "1")]
    public void A_redenomination_says_how_many_old_units_made_a_new_one(string code, string successor, string units)
    {
        var record = CurrencyRegistry.Find(Currency.Parse(code))!;

        Assert.Equal(successor, record.Successor.Code);
        Assert.Equal(decimal.Parse(units), record.UnitsPerSuccessor);
    }

    [Theory]
    [InlineData("RON", "2005-07-01 10000")]
    [InlineData("ROL", "2005-07-01 10000")]
    [InlineData("BYR", "2000-01-01 1000, 2016-07-01 10000")]
    [InlineData("MRU", "2018-01-01 10")]
    [InlineData("USD", "")]
    [InlineData("AUD", "")]
    public void A_redenomination_is_known_from_both_sides_of_it(string code, string expected)
    {
        var found = CurrencyRegistry.Redenominations(Currency.Parse(code));

        Assert.Equal(expected, string.Join(", ", found.Select(each => $"{each.Day:yyyy-MM-dd} {each.Units}")));
    }

    [Fact]
    public void Only_what_gave_way_has_a_redenomination_and_it_is_above_zero() =>
        Assert.All(CurrencyRegistry.All.Where(record => record.UnitsPerSuccessor is not null), record =>
        {
            Assert.False(record.Successor.IsNone);
            Assert.True(record.UnitsPerSuccessor > 0);
        });

    [Theory]
    [InlineData("USD", CurrencyKind.Currency, 2)]
    [InlineData("CNH", CurrencyKind.Currency, 2)]
    [InlineData("XPD", CurrencyKind.Metal, 0)]
    [InlineData("XAD", CurrencyKind.Unit, 2)]
    [InlineData("CLF", CurrencyKind.Unit, 4)]
    [InlineData("BTC", CurrencyKind.Crypto, 8)]
    [InlineData("NEO", CurrencyKind.Crypto, 0)]
    public void A_code_tells_what_it_stands_for_and_its_digits(string code, CurrencyKind kind, int digits)
    {
        var record = CurrencyRegistry.Find(Currency.Parse(code))!;

        Assert.Equal((kind, digits), (record.Kind, record.MinorDigits));
    }

    [Fact]
    public void Crypto_assets_have_a_first_day_and_no_code_that_ISO_4217_gave_or_gives()
    {
        // Codes of ISO 4217's list of historic denominations that the registry does not hold.
        const string Historic = "ALK AOK ARP ARY AYM BEC BEL BGJ BGK BOP BRB BUK CHC CSJ ECV ESA ESB GHP GNE GNS GQE GRD HRD ILP ISJ LAJ "
            + "LSM LTT LUC LUL LVR MLF MTP MVQ MXP MZE NIC PEH PEI PES RHD ROK RUR SDP SUR TJR UGS UGW UYN UYP VNC XFO XFU XRE YDD ZAL ZWC";
        var assets = CurrencyRegistry.All.Where(record => record.Kind == CurrencyKind.Crypto).ToList();

        Assert.All(
            assets, asset => Assert.True(asset is { IsIso: false, Born: not null, Numeric: "", MinorDigits: <= 8 }, asset.Code.Code));
        Assert.Empty(assets.Select(asset => asset.Code.Code).Intersect(Historic.Split(' ')));
        Assert.All(CurrencyRegistry.All.Where(record => record.Kind != CurrencyKind.Crypto && !record.IsIso), record =>
            Assert.Equal(CurrencyKind.Currency, record.Kind));
    }

    [Theory]
    [InlineData("CNH")]
    [InlineData("GGP")]
    [InlineData("BTC")]
    public void Codes_outside_ISO_4217_say_so(string code)
    {
        var record = CurrencyRegistry.Find(Currency.Parse(code));

        Assert.False(record!.IsIso);
        Assert.Empty(record.Numeric);
    }
}
