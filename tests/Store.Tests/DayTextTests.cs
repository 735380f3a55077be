using System.Text;

namespace Rates.Store.Tests;

/// <summary>Text that is no stored day is refused, whatever is wrong with it.</summary>
public sealed class DayTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("2026-08-20 reference EUR/USD1.17")]
    [InlineData("2026-08-20T14:15:03Z reference")]
    [InlineData("2026-08-20T14:15:03Z reference ")]
    [InlineData("2026-08-20T14:15:03Z made-up EUR/USD1.17")]
    [InlineData("2026-08-20T14:15:03Z reference USD1.17")]
    [InlineData("2026-08-20T14:15:03Z reference EUR/1.17")]
    [InlineData("2026-08-20T14:15:03Z reference EUR/USD")]
    [InlineData("2026-08-20T14:15:03Z reference EUR/USD1.1.7")]
    [InlineData("2026-08-20T14:15:03Z reference EUR/USD1.17EU")]
    [InlineData("2026-08-20T14:15:03Z reference EUR/USD1.17@2026-08-20T14:15:03Z")]
    [InlineData("2026-08-20T14:15:03Z reference EUR/USD1.17@noon,")]
    [InlineData("2026-08-20T14:15:03Z reference EUR/USD1.17 added")]
    [InlineData("2026-08-20T14:15:03Z reference EUR/USD1.17 added reference")]
    [InlineData("2026-08-20T14:15:03Z reference EUR/USD1.17 unconfirmed reference USD")]
    [InlineData("2026-08-20T14:15:03Z reference EUR/USD1.17 ")]
    [InlineData("2026-08-20T14:15:03Z reference EUR/USD1.17\n")]
    [InlineData("2026-08-20T14:15:03Z  reference EUR/USD1.17")]
    [InlineData("2026-08-20T14:15:03Z reference EUR/USD99999999999999999999999999999999")]
    public void Text_that_is_no_day_is_refused(string text) =>
        Assert.Null(new DayTextReader(Sheets.Day, Encoding.UTF8.GetBytes(text)).Read());
}
