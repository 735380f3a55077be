using Rates.Core;

namespace Rates.Providers;

/// <summary>European Central Bank, the data service: the series of the euro foreign exchange reference rates.</summary>
/// <remarks>
/// Direction: 1 EUR = rate quote.
/// Published: about 16:00 Frankfurt time on TARGET days, for the 14:15 concertation of the same day.
/// Units: ten to the power of UNIT_MULT.
/// Quirks: the figures of <see cref="Ecb"/> from another host, in one request for any window; one series a currency; series of currencies
/// that have ended stay; a window without figures answers 404.
/// Source: https://data.ecb.europa.eu/help/api/data
/// </remarks>
public sealed class Ecbsdmx : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        [Get($"EXR/D..EUR.SP00.A?format=csvdata&startPeriod={window.From.Format()}&endPeriod={window.To.Format()}")];

    protected override IEnumerable<Observation> Parse(ProviderBody body) => EcbSeries.Read(body);
}
