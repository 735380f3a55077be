using Rates.Core;
using Rates.Providers.Reading;

namespace Rates.Providers;

/// <summary>Bank for International Settlements: end-of-month rates of some 190 economies.</summary>
/// <remarks>
/// Direction: 1 USD = x foreign.
/// Published: weekly, Thursday, Basel time; the figure of a month stands under its last day.
/// Units: ten to the power of UNIT_MULT.
/// Quirks: one series an economy, so that the euro repeats for each of its members, equal each time; restated back to the start.
/// Source: https://data.bis.org/topics/XRU
/// </remarks>
public sealed class Bis : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
    [
        Get($"M...E?c%5BTIME_PERIOD%5D=ge:{window.From.Format("yyyy-MM")}+le:{window.To.Format("yyyy-MM")}") with
        {
            Headers = new Dictionary<string, string> { ["Accept"] = "application/vnd.sdmx.data+csv;version=1.0.0" },
        },
    ];

    protected override IEnumerable<Observation> Parse(ProviderBody body) => SdmxCsv
        .Read(body, row => row["COLLECTION"] == "E" && Currency.Parse(row["CURRENCY"]) is var quote && quote != Currency.Usd
            ? (new(Currency.Usd, quote), RateKind.Reference)
            : null)
        .Distinct();
}
