using System.Text.Json;
using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Coinbase Exchange, once Coinbase Pro: opening, highest, lowest and last price of a UTC day, of crypto assets.</summary>
/// <remarks>
/// Direction: 1 of the asset = x of the currency, of the product BTC-EUR in the address.
/// Published: without a break; a candle of the running day changes until midnight UTC; its first second is its stamp.
/// Units: 1.
/// Quirks: a candle is a list without names, time, low, high, open, close and volume, the newest first; days without a trade have none;
/// at most 300 candles an answer.
/// Source: https://docs.cdp.coinbase.com/exchange/reference/exchangerestapi_getproductcandles
/// </remarks>
public sealed partial class Coinbase : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        from text in Block.Pairs
        let pair = CurrencyPair.Parse(text)
        select Get($"products/{pair.Base}-{pair.Quote}/candles?granularity=86400&start={window.From.Format()}&end={window.To.Format()}");

    protected override bool IsNoData(ProviderBody body) =>
        body.Json() is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 0;

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        if (body.Json().ValueKind == JsonValueKind.Object)
        {
            ReportedError.ThrowIfAny(body.Json(), Key);
        }

        var product = Product.Match(body.Request.Path);
        return product.Success && body.Request.Parameter("granularity") == "86400"
            ? from candle in body.Items()
              from price in Prices(candle, CurrencyPair.Parse($"{product.Groups["base"].Value}/{product.Groups["quote"].Value}"))
              select price
            : throw new FormatException("the request asks for no days of a product");
    }

    private static Observation[] Prices(JsonElement candle, CurrencyPair pair)
    {
        var cells = candle.Items().ToArray();
        if (cells.Length != 6)
        {
            throw new FormatException($"a candle of {cells.Length} cells, not six");
        }

        var day = cells[0].Instant();
        var (low, high, open, close) = (cells[1].Number(), cells[2].Number(), cells[3].Number(), cells[4].Number());
        // The cells have no names: their order shows in that no price lies outside low and high.
        return day.TimeOfDay == TimeSpan.Zero && low > 0 && low <= Math.Min(open, close) && Math.Max(open, close) <= high
            ? [Of(RateKind.Low, low), Of(RateKind.High, high), Of(RateKind.Open, open), Of(RateKind.Close, close)]
            : throw new FormatException($"the candle of {day:u} is not of a day, or a price of it lies outside low and high");

        Observation Of(RateKind kind, decimal price) => new(day.Day(), pair, price, kind);
    }

    [GeneratedRegex(
        "products/(?<base>[A-Z]{3})-(?<quote>[A-Z]{3})/candles", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Product { get; }
}
