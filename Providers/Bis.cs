using Rates.Core;

namespace Rates.Providers;

/// <summary>Bank for International Settlements: end-of-month rates of some 190 economies.</summary>
/// <remarks>
/// Direction: 1 USD = x foreign.
/// Published: weekly, Thursday, Basel time; the figure of a month stands under its last day.
/// Units: ten to the power of UNIT_MULT.
/// Quirks: one series an economy, and the series of one currency differ: that of the currency's own economy counts (<c>XM</c> for the
/// euro, <c>AU</c> for the Australian dollar). Currencies of a union (<c>XAF</c>, <c>XCD</c>) have equal series of its members. All are
/// restated back to the start in today's units, under labels that two redenominations have left behind: <c>SLL</c> and <c>VEF</c>.
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
        .Read(body, row => row["COLLECTION"] == "E" && row["CURRENCY"] != "USD" && IsOwn(row["REF_AREA"], row["CURRENCY"])
            ? (new(Currency.Usd, Currency.Parse(row["CURRENCY"])), RateKind.Reference)
            : null)
        .Distinct();

    private static bool IsOwn(string area, string currency) =>
        currency.StartsWith('X') || (currency == "EUR" ? area == "XM" : currency.StartsWith(area, StringComparison.Ordinal));
}
