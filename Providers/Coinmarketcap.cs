using Rates.Core;

namespace Rates.Providers;

/// <summary>CoinMarketCap: opening, highest, lowest and last price of a UTC day, of crypto assets.</summary>
/// <remarks>
/// Direction: 1 of the asset <c>symbol</c> = x of the currency that the prices stand under.
/// Published: soon after midnight UTC; the day of <c>time_open</c> is the as-of day.
/// Units: 1.
/// Quirks: figures have up to 17 digits; <c>status.error_code</c> 0 means that there is none.
/// Source: https://coinmarketcap.com/api/documentation/v1/#operation/getV1CryptocurrencyOhlcvHistorical
/// </remarks>
public sealed class Coinmarketcap : RateProvider
{
    private static readonly (string Member, RateKind Kind)[] Prices =
        [("open", RateKind.Open), ("high", RateKind.High), ("low", RateKind.Low), ("close", RateKind.Close)];

    // The first day of an answer is the one after time_start.
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        from text in Block.Pairs
        let pair = CurrencyPair.Parse(text)
        let days = $"time_start={window.From.AddDays(-1).Format()}&time_end={window.To.Format()}"
        select Get($"v1/cryptocurrency/ohlcv/historical?symbol={pair.Base}&convert={pair.Quote}&{days}");

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var status = body.Json().Member("status");
        if (status.Member("error_code").Text() != "0")
        {
            throw new ProviderException(
                ProviderFault.Refused, Key,
                $"the source reports an error: {status.Member("error_code").Text()}: {status.Optional("error_message")?.Text()}");
        }

        var data = body.Json().Member("data");
        var asset = data.Member("symbol").Code();
        return from day in body.Items(data, "quotes")
               from price in day.Member("quote").Members()
               from figure in price.Value.Sides(
                   day.Member("time_open").Day(), new CurrencyPair(asset, Currency.Parse(price.Name)), Prices)
               select figure;
    }
}
