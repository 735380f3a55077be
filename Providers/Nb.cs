using Rates.Core;

namespace Rates.Providers;

/// <summary>Norges Bank: the middle rates of the day, from its SDMX service.</summary>
/// <remarks>
/// Direction: 1 foreign = x NOK after the unit.
/// Published: about 16:00 Oslo time on Norwegian banking days, for the same day.
/// Units: ten to the power of UNIT_MULT (2 for SEK, JPY and others).
/// Quirks: I44 and TWI are trade-weighted indexes among the currencies; an empty window answers 404.
/// Source: https://app.norges-bank.no/query/
/// </remarks>
public sealed class Nb : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        [Get($"EXR/B..NOK.SP?format=csvdata&startPeriod={window.From.Format()}&endPeriod={window.To.Format()}")];

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        SdmxCsv.Read(body, row => row["BASE_CUR"] is var code and not "I44"
            ? (new(Currency.Parse(code), Currency.Parse(row["QUOTE_CUR"])), code == "TWI" ? RateKind.Index : RateKind.Reference)
            : null);
}
