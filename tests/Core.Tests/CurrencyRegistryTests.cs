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

    [Theory]
    [InlineData("USD", "2026-04-13", "USD")]
    [InlineData(" usd ", "2026-04-13", "USD")]
    [InlineData("ECU", "1997-05-02", "XEU")]
    [InlineData("ECU", "2001-05-02", "EUR")]
    [InlineData("EUR", "1997-05-02", "XEU")]
    [InlineData("SDR", "2026-04-13", "XDR")]
    [InlineData("DTS", "2026-04-13", "XDR")]
    [InlineData("RUR", "1997-05-02", "RUR")]
    [InlineData("RUR", "2026-04-13", "RUB")]
    [InlineData("RUB", "1996-05-02", "RUR")]
    [InlineData("TRY", "2003-05-02", "TRL")]
    [InlineData("TRL", "2005-05-02", "TRL")]
    [InlineData("BYN", "2012-05-02", "BYR")]
    [InlineData("BYN", "1998-05-02", "BYB")]
    [InlineData("VES", "2005-05-02", "VEB")]
    [InlineData("MXN", "1992-05-02", "MXP")]
    [InlineData("YUM", "2005-05-02", "CSD")]
    [InlineData("YUM", "2010-05-02", "RSD")]
    [InlineData("XCG", "2020-05-04", "ANG")]
    [InlineData("CZK", "1991-05-02", "CSK")]
    public void A_label_means_what_it_meant_on_that_day(string label, string day, string expected)
    {
        Assert.True(CurrencyRegistry.TryResolve(label, Given.Day(day), out var currency));

        Assert.Equal(expected, currency.Code);
    }

    [Theory]
    [InlineData("ZMK")]
    [InlineData("SLL")]
    [InlineData("VEF")]
    public void A_retired_code_of_another_unit_is_never_read_as_its_successor(string code)
    {
        Assert.True(CurrencyRegistry.TryResolve(code, Given.Day("2026-04-13"), out var currency));

        Assert.Equal(code, currency.Code);
    }

    [Theory]
    [InlineData("XXX")]
    [InlineData("XTS")]
    [InlineData("EURO")]
    [InlineData("U$D")]
    [InlineData("UЅD")]
    [InlineData("")]
    [InlineData("TWI")]
    public void An_unknown_label_is_no_currency(string label)
    {
        Assert.False(CurrencyRegistry.TryResolve(label, Given.Day("2026-04-13"), out var currency));

        Assert.True(currency.IsNone);
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
