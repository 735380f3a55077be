using System.Text.Json;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Central Bank of The Gambia: the indicative rates of the dalasi.</summary>
/// <remarks>
/// Direction: 1 foreign = x GMD.
/// Published: about noon, Banjul time, on weekdays, for the same day; once a week before November 2019.
/// Units: stated nowhere; the block's labels hold them, found by comparing every series with the cross rates of its time.
/// Quirks: the whole archive of one currency a request, which alone names it; two decimals at any size, so 0 is "too small"; since 2025
/// the DKK is a 1 that has no meaning; a day may come twice, with two values.
/// Source: https://www.cbg.gm/indicative-exchange-rates-latest
/// </remarks>
public sealed class Cbg : RateProvider
{
    private static readonly Currency Gmd = Currency.Parse("GMD");

    private static readonly string[] Currencies =
    [
        "AED", "AUD", "BRL", "CAD", "CHF", "CNY", "DKK", "EGP", "EUR", "GBP", "GHS", "GNF", "HKD", "INR", "JPY", "KWD",
        "LKR", "NGN", "NOK", "NZD", "PHP", "SAR", "SEK", "SGD", "SLL", "THB", "TRY", "TWD", "USD", "XDR", "XOF", "ZAR",
    ];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => Currencies.Select(Get);

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var code = body.Request.Path[(body.Request.Path.LastIndexOf('/') + 1)..];
        var pair = new CurrencyPair(Currency.Parse(code), Gmd);
        return from point in body.Items().Select(Point)
               where point.Rate != 0 && (code != "DKK" || point.Rate != 1)
               select new Observation(point.AsOf, pair, point.Rate, RateKind.Reference);
    }

    private static (DateOnly AsOf, decimal Rate) Point(JsonElement point) => point.Items().ToArray() is [var milliseconds, var rate]
        ? (DayParser.OfEpoch(milliseconds.GetInt64() / 1000), rate.Number())
        : throw new FormatException("a point was expected to be a time and a figure");
}
