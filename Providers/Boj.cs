using System.Text.Json;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Bank of Japan: the spot rates of the Tokyo market at 17:00.</summary>
/// <remarks>
/// Direction: FXERD04 is 1 USD = x JPY, FXERD34 is 1 EUR = x USD.
/// Published: about 9:00 Tokyo time on Japanese banking days, for two banking days before.
/// Units: 1.
/// Quirks: days and figures are two parallel lists; every day of a month is listed, those without a market with a null; windows are
/// whole months; a long answer continues at NEXTPOSITION.
/// Source: https://www.stat-search.boj.or.jp/
/// </remarks>
public sealed class Boj : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Months(window, "")];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window) =>
        answer.Json().Optional("NEXTPOSITION") is { } next ? [Months(window, $"&startPosition={next.Text()}")] : [];

    // A month that has not had a market yet.
    protected override bool IsNoData(ProviderBody body) => Series(body).All(series =>
        series.Member("VALUES").Member("VALUES").Items().All(value => value.ValueKind == JsonValueKind.Null));

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from series in body.Items("RESULTSET")
        let pair = Pair(series.Member("SERIES_CODE").Text())
        let days = series.Member("VALUES").Member("SURVEY_DATES")
        let rates = series.Member("VALUES").Member("VALUES")
        from day in body.Rows(Pairs(days, rates), "VALUES[]")
        let rate = day.Rate.NumberOrNull()
        where rate is not null
        select new Observation(day.Day.Day("yyyyMMdd"), pair, rate.Value, RateKind.Reference);

    private static IEnumerable<(JsonElement Day, JsonElement Rate)> Pairs(JsonElement days, JsonElement rates) =>
        days.GetArrayLength() == rates.GetArrayLength()
            ? days.Items().Zip(rates.Items())
            : throw new FormatException($"{days.GetArrayLength()} days stand beside {rates.GetArrayLength()} figures");

    private static ProviderRequest Months(FetchWindow window, string position) =>
        Get("getDataCode?format=json&lang=en&db=FM08&code=FXERD04,FXERD34"
            + $"&startDate={window.From.Format("yyyyMM")}&endDate={window.To.Format("yyyyMM")}{position}");

    private static JsonElement.ArrayEnumerator Series(ProviderBody body) => body.Json().Member("RESULTSET").Items();

    private static CurrencyPair Pair(string series) => series switch
    {
        "FXERD04" => CurrencyPair.Parse("USD/JPY"),
        "FXERD34" => CurrencyPair.Parse("EUR/USD"),
        _ => throw new FormatException($"series {series} was not requested"),
    };
}
