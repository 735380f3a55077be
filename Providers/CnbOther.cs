using Rates.Core;

namespace Rates.Providers;

/// <summary>Czech National Bank: the monthly rates of other currencies, those without a place in the daily fixing.</summary>
/// <remarks>
/// Direction: amount foreign = x CZK.
/// Published: about 14:30 Prague time on the last Czech working day of a month, for the next month.
/// Units: the amount column, 1, 100 or 1000.
/// Quirks: the first line has the day (<c>30 Jun 2025 #6</c>); a rate of <c>0.000</c> is too small to print.
/// Source: https://www.cnb.cz/en/faq/Format-of-the-foreign-exchange-market-rates/
/// </remarks>
public sealed class CnbOther : RateProvider
{
    private const string List = "fx_rates.txt";

    // The running month's list comes out at its end: until then the address without a month gives the one in force.
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => window.Months()
        .Select(month => Get(month.AddMonths(1) > window.Today ? List : $"{List}?year={month.Year}&month={month.Month}"));

    protected override IEnumerable<Observation> Parse(ProviderBody body) => Cnbtxt.Sheet(body);
}
