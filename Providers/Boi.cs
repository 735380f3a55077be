using Rates.Core;

namespace Rates.Providers;

/// <summary>Bank of Israel: the representative rates of the shekel.</summary>
/// <remarks>
/// Direction: 1 foreign = x ILS after the unit.
/// Published: about 15:30 Jerusalem time, Monday to Friday (earlier on Fridays and holiday eves), for the same day.
/// Units: ten to the power of UNIT_MULT (2 for the yen).
/// Quirks: SDMX-CSV; OF00 is the official rate among several data types.
/// Source: https://edge.boi.gov.il/
/// </remarks>
public sealed class Boi : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        [Get($"?c%5BDATA_TYPE%5D=OF00&startperiod={window.From.Format()}&endperiod={window.To.Format()}&format=csv")];

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        SdmxCsv.Read(body, row => (new(Currency.Parse(row["BASE_CURRENCY"]), Currency.Parse(row["COUNTER_CURRENCY"])), RateKind.Reference));
}
