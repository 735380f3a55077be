using System.Text.Json;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Yahoo! Finance: daily closes and the last price of a pair, from the chart service.</summary>
/// <remarks>
/// Direction: 1 base = x quote, of the symbol EURUSD=X; INR=X is USD/INR.
/// Published: through the day while the currency market is open, Sunday evening to Friday evening.
/// Units: 1.
/// Quirks: a bar is stamped with its first second on the exchange's clock (London's), which is the evening before in UTC during
/// summer; a close may be null; figures are binary doubles; a symbol without a chart has neither <c>timestamp</c> nor indicators;
/// an unknown symbol is 404 with <c>chart.error</c>.
/// Source: https://finance.yahoo.com/
/// </remarks>
public sealed class Yahoo : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        from text in Block.Pairs
        let pair = CurrencyPair.Parse(text)
        select Get($"{pair.Base}{pair.Quote}=X?interval=1d&period1={Seconds(window.From)}&period2={Seconds(window.To.AddDays(1))}");

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var chart = body.Json().Member("chart");
        if (chart.Optional("error") is { } error)
        {
            throw new FormatException($"refused: {error.Member("description").Text()}");
        }

        var result = chart.Member("result").Items().Single();
        return [.. YahooChart.Closes(body, result), .. Last(result.Member("meta"))];
    }

    private static IEnumerable<Observation> Last(JsonElement meta)
    {
        var pair = YahooChart.Pair(meta);
        if (meta.Optional("regularMarketPrice") is { } price)
        {
            var at = meta.Member("regularMarketTime").Instant();
            yield return new Observation(YahooChart.Day(at, meta), pair, price.Number(), RateKind.Last) { At = at };
        }
    }

    private static long Seconds(DateOnly day) => new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeSeconds();
}
