using Rates.Core;

namespace Rates.Providers;

/// <summary>Banque du Liban: daily rates of the Lebanese pound.</summary>
/// <remarks>
/// Direction: 1 foreign = x LBP, bid, ask and middle.
/// Published: about midday, Beirut time, on working days, for the same day.
/// Units: 1, for the yen as well.
/// Quirks: a workbook with one sheet a year for about three years; until 27 March 2024 the official level of 15,000 to the dollar.
/// Source: https://www.bdl.gov.lb/exchangerates.php
/// </remarks>
public sealed class Bdl : RateProvider
{
    private static readonly Currency Lbp = Currency.Parse("LBP");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        [Get("CB%20Com/Statistics%20And%20Research/Daily/BDL_DailyExchangeRates.xls")];

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Rows(Workbook.Sheets(body).SelectMany(sheet => sheet.Table("Period", "Currency", "Bid", "Ask", "Mid")))
        let pair = new CurrencyPair(Currency.Parse(row[1].Text), Lbp)
        from side in (IEnumerable<(int Column, RateKind Kind)>)[(2, RateKind.Bid), (3, RateKind.Ask), (4, RateKind.Mid)]
        let rate = row[side.Column].NumberOrNull()
        where rate is not (null or 0)
        select new Observation(row[0].Day, pair, rate.Value, side.Kind);
}
