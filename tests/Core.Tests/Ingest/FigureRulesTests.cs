using static Rates.Core.Tests.Bank;

namespace Rates.Core.Tests;

public sealed class FigureRulesTests
{
    [Theory]
    [InlineData("2026-04-14 EUR/ZZZ 1.5", "unknown-currency 'ZZZ'")]
    [InlineData("2026-04-14 XXX/EUR 1.5", "unknown-currency 'XXX'")]
    [InlineData("2026-04-14 EUR/ISK 101.3 Index", "index is a number without a unit, not a rate")]
    [InlineData("2026-04-14 EUR/ISK 0", "non-positive 0")]
    [InlineData("2026-04-14 EUR/ISK -1.5", "non-positive -1.5")]
    [InlineData("2026-04-14 EUR/ISK 0.0000000001", "range 0.0000000001 is outside 0.000000001 to 1000000000")]
    [InlineData("2026-04-14 EUR/ISK 1000000001", "range 1000000001 is outside 0.000000001 to 1000000000")]
    [InlineData("2026-04-14 XAU/IDR 1000000000001", "range 1000000000001 is outside 0.000000000001 to 1000000000000")]
    [InlineData("2026-04-14 KWD/ZIL 1000000000001", "range 1000000000001 is outside 0.000000000001 to 1000000000000")]
    [InlineData("2026-04-14 IDR/XAU 0.0000000000009", "range 0.0000000000009 is outside 0.000000000001 to 1000000000000")]
    [InlineData("2026-04-16 EUR/ISK 143", "future 2026-04-16 is more than 1 after 2026-04-14")]
    [InlineData("2099-01-01 EUR/ISK 143", "future 2099-01-01 is more than 1 after 2026-04-14")]
    [InlineData("0001-01-01 EUR/ISK 143", "ancient 0001-01-01 is before 1900-01-01, where the source's history starts")]
    [InlineData("1998-12-30 EUR/ISK 81", "not-born EUR starts on 1999-01-01, after 1998-12-30")]
    [InlineData("2026-04-14 EUR/HRK 7.5", "retired HRK ended on 2022-12-31, before 2026-04-14")]
    [InlineData("2026-04-14 EUR/BGN 1.95583", "retired BGN ended on 2025-12-31, before 2026-04-14")]
    public void An_impossible_figure_is_refused_and_the_others_pass(string line, string reason)
    {
        var verdict = Check([.. Move("2026-04-14", 1.002m), Given.Figure(line)]);

        Assert.Equal((10, reason), (verdict.Accepted.Count, Assert.Single(verdict.Refused).Reason));
        Assert.Empty(verdict.SheetReasons);
        Assert.Contains(Given.Figure(line).Pair, verdict.Doubtful);
    }

    [Theory]
    [InlineData("2026-04-15 EUR/ISK 143")]
    [InlineData("2026-04-14 EUR/DEM 1.95583 Legacy")]
    [InlineData("1999-12-31 DEM/FRF 3.35386 Official")]
    [InlineData("2026-04-14 BTC/IDR 1600000000")]
    [InlineData("2026-04-14 EUR/ISK 0.000000001")]
    [InlineData("2026-04-14 EUR/ISK 1000000000")]
    [InlineData("2026-04-14 XAU/IDR 1000000000000")]
    [InlineData("2026-04-14 IDR/XAG 0.000000000001")]
    [InlineData("2026-04-14 XPT/IDR 1600000000")]
    [InlineData("2026-04-14 XPD/IDR 1600000000")]
    [InlineData("2026-04-14 ETH/IDR 1600000000")]
    [InlineData("2026-04-14 BCH/IDR 1600000000")]
    [InlineData("2026-04-14 BNB/IDR 1600000000")]
    [InlineData("2026-04-14 LTC/IDR 1600000000")]
    [InlineData("2026-04-14 SOL/IDR 1600000000")]
    [InlineData("2026-04-14 IDR/BTC 0.000000000625")]
    [InlineData("2026-04-14 EUR/XDR 0.8312")]
    [InlineData("2026-04-14 USD/CNH 7.2341")]
    [InlineData("2016-08-01 EUR/BYR 22000")]
    [InlineData("2022-12-31 EUR/HRK 7.5345")]
    [InlineData("2026-04-14 USD/EUR 0.9")]
    [InlineData("1999-01-01 EUR/ISK 81")]
    [InlineData("1900-01-01 GBP/USD 4.87")]
    public void An_unusual_but_valid_figure_passes(string line) =>
        Assert.Contains(
            Given.Figure(line), UnconfirmedMarks.Cleared(Check([.. Move("2026-04-14", 1.002m), Given.Figure(line)]).Accepted));

    [Fact]
    public void A_source_for_the_next_working_day_may_be_four_days_ahead()
    {
        var russia = new IngestContext { Profile = Given.Profile(lag: -1, pivot: "RUB"), Today = Today };

        Assert.Empty(IngestRules.Check(Given.Figures("2026-04-18 USD/RUB 81.5"), russia).Refused);
        Assert.StartsWith("future", IngestRules.Check(Given.Figures("2026-04-19 USD/RUB 81.5"), russia).Refused[0].Reason);
    }

    [Fact]
    public void A_day_before_the_start_of_the_history_is_refused()
    {
        var context = new IngestContext { Profile = Given.Profile() with { HistoryFrom = Given.Day("2010-01-04") }, Today = Today };

        Assert.Empty(IngestRules.Check(Given.Figures("2010-01-04 EUR/USD 1.4"), context).Refused);
        Assert.StartsWith("ancient", IngestRules.Check(Given.Figures("2009-11-04 EUR/USD 1.4"), context).Refused[0].Reason);
    }

    [Theory]
    [InlineData("EUR/ZZZ 1.5", false)]
    [InlineData("EUR/ISK 101.3 Index", false)]
    [InlineData("EUR/HRK 7.5", false)]
    [InlineData("EUR/ISK 0", true)]
    [InlineData("EUR/ISK 1000000001", true)]
    public void A_figure_that_is_only_not_wanted_is_no_fault_of_the_source(string line, bool isFault) =>
        Assert.Equal(isFault, Assert.Single(Check([.. Move("2026-04-14", 1m), Given.Figure($"2026-04-14 {line}")]).Refused).IsFault);

    [Fact]
    public void A_figure_before_its_currency_began_is_no_fault_of_the_source() =>
        Assert.False(Assert.Single(Check([.. Move("2026-04-14", 1m), Given.Figure("2004-12-31 USD/TRY 1.34")]).Refused).IsFault);
}
