using Rates.Core;

namespace Rates.Providers;

/// <summary>Sveriges Riksbank: the indicative middle rates of the krona, from the Swea service.</summary>
/// <remarks>
/// Direction: series SEKaaaPMI gives 1 aaa = v SEK.
/// Published: about 16:15 Stockholm time on Swedish banking days, for the same day.
/// Units: 1.
/// Quirks: group 130 also holds SEKETT, the constant 1; SEKEURPMI is the ECU's before 4 January 1999; a request spans a year at
/// most; days without a fixing are missing, and a window without any answers 204.
/// Source: https://developer.api.riksbank.se/api-details#api=swea-api
/// </remarks>
public sealed class Rb : RateProvider
{
    private static readonly Currency Sek = Currency.Parse("SEK");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Chunks(365).Select(chunk => Get($"Observations/ByGroup/130/{chunk.From.Format()}/{chunk.To.Format()}"));

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Items()
        let series = row.Member("seriesId").Text()
        where series is ['S', 'E', 'K', _, _, _, 'P', 'M', 'I']
        let rate = row.Optional("value")?.Number()
        where rate is not (null or 0)
        select new Observation(row.Member("date").Day(), new(Currency.Parse(series[3..6]), Sek), rate.Value, RateKind.Mid);
}
