using Rates.Core;

namespace Rates.Providers;

/// <summary>Central Bank of Bahrain: its list of rates against the dollar and the dinar.</summary>
/// <remarks>
/// Direction: <c>UsCurr</c> is 1 USD = x foreign, <c>BdCurr</c> is 1 foreign = x BHD.
/// Published: about 18:00 Bahrain time, Sunday to Thursday, for the same day.
/// Units: 1.
/// Quirks: only the latest sheet, whatever is asked; sent as text/html; days are <c>03-OCT-2024</c> and figures text padded with
/// blanks; the dollar's and the dinar's own rows hold the constants of the peg, or 0.
/// Source: https://www.cbb.gov.bh/apis/
/// </remarks>
public sealed class Cbb : RateProvider
{
    private static readonly Currency Bhd = Currency.Parse("BHD");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get("ExchangeRate")];

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Items("items")
        let asOf = row.Member("RateDt").Day("dd-MMM-yyyy")
        let foreign = row.Member("CurrCd").Code()
        from figure in new[]
        {
            (Pair: new CurrencyPair(Currency.Usd, foreign), Value: row.Member("UsCurr")),
            (Pair: new(foreign, Bhd), Value: row.Member("BdCurr")),
        }
        where figure.Pair.Base != figure.Pair.Quote
        let rate = figure.Value.NumberOrNull()
        where rate is not (null or 0)
        select new Observation(asOf, figure.Pair, rate.Value, RateKind.Reference);
}
