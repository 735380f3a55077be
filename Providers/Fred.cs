using Rates.Core;

namespace Rates.Providers;

/// <summary>Federal Reserve Bank of St. Louis (FRED): the daily series of the Board's H.10 noon buying rates.</summary>
/// <remarks>
/// Direction: the name of a series states it: DEXUSEU is USD per EUR, DEXJPUS is JPY per USD.
/// Published: Mondays 16:15 New York time, for the days of the week before.
/// Units: 1.
/// Quirks: a free key in the query; one series a request, which alone names it; <c>.</c> is a holiday.
/// Source: https://fred.stlouisfed.org/docs/api/fred/series_observations.html
/// </remarks>
public sealed class Fred : RateProvider
{
    // Two letters of the country's or the currency's name, as the series are called.
    private static readonly CodeTable Foreign = new()
    {
        ["AL"] = "AUD",
        ["BZ"] = "BRL",
        ["CA"] = "CAD",
        ["CH"] = "CNY",
        ["DN"] = "DKK",
        ["EU"] = "EUR",
        ["HK"] = "HKD",
        ["IN"] = "INR",
        ["JP"] = "JPY",
        ["KO"] = "KRW",
        ["MA"] = "MYR",
        ["MX"] = "MXN",
        ["NO"] = "NOK",
        ["NZ"] = "NZD",
        ["SD"] = "SEK",
        ["SF"] = "ZAR",
        ["SI"] = "SGD",
        ["SL"] = "LKR",
        ["SZ"] = "CHF",
        ["TA"] = "TWD",
        ["TH"] = "THB",
        ["UK"] = "GBP",
    };

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        from label in Foreign
        let series = label is "AL" or "EU" or "NZ" or "UK" ? $"DEXUS{label}" : $"DEX{label}US"
        let days = $"observation_start={window.From.Format()}&observation_end={window.To.Format()}"
        select Get($"series/observations?series_id={series}&file_type=json&{days}");

    // Holidays have a row each; a window before the end of the week has none.
    protected override bool IsNoData(ProviderBody body) =>
        body.Json().Member("count").Number() == body.Json().Member("observations").GetArrayLength();

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var pair = Pair(body.Request.Parameter("series_id"));
        return body.Json().Member("units").Text() == "lin"
            ? from day in body.Items("observations")
              let rate = day.Member("value").NumberOrNull(NumberForm.Point, ".")
              where rate is not null
              select new Observation(day.Member("date").Day(), pair, rate.Value, RateKind.Reference)
            : throw new FormatException("the figures are changes, not levels: 'units' is not lin");
    }

    private static CurrencyPair Pair(string series) => series switch
    {
        ['D', 'E', 'X', 'U', 'S', _, _] => new(Foreign.Find(series[5..]), Currency.Usd),
        ['D', 'E', 'X', _, _, 'U', 'S'] => new(Currency.Usd, Foreign.Find(series[3..5])),
        _ => throw new FormatException($"'{series}' is no series of a rate against the dollar"),
    };
}
