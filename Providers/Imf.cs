using Rates.Core;

namespace Rates.Providers;

/// <summary>
/// International Monetary Fund: representative rates against the dollar, and the value of each currency in special drawing rights (SDR).
/// </summary>
/// <remarks>
/// Direction: representative rates are 1 USD = x currency, but 1 currency = x USD where <c>(1)</c> follows the name; SDR tables are
/// 1 currency = x XDR, or 1 XDR = x currency, as the title states.
/// Published: in the course of the day, Washington time, as member banks report; for the same day.
/// Units: 1; thousands are set off by commas.
/// Quirks: tab-separated text that calls itself .xls; a month comes as tables of a dozen days each; <c>NA</c> is a day the bank did
/// not report; the dollar's own row is 1 and is left out.
/// Source: https://www.imf.org/external/np/fin/data/param_rms_mth.aspx
/// </remarks>
public sealed class Imf : RateProvider
{
    private static readonly string[] Reports = ["REP", "SDRCV"];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        from month in window.Months()
        from report in Reports
        select Get($"rms_mth.aspx?SelectDate={month.AddMonths(1).AddDays(-1).Format()}&reportType={report}&tsvflag=Y");

    // The first days of a month have headings and NA before any bank reports.
    protected override bool IsNoData(ProviderBody body) => ImfTable.HasRows(body);

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from cell in ImfTable.Cells(body)
        let pair = Pair(cell)
        where pair.Base != pair.Quote
        select new Observation(cell.Day, pair, cell.Figure, RateKind.Reference);

    private static CurrencyPair Pair(ImfCell cell) => !cell.Title.StartsWith("Representative", StringComparison.OrdinalIgnoreCase)
        ? cell.SdrPair
        : cell.IsMarked ? new(cell.Currency, Currency.Usd) : new(Currency.Usd, cell.Currency);
}
