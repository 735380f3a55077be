using Rates.Core;

namespace Rates.Providers;

/// <summary>WebserviceX: the rate of a pair, until the service ended.</summary>
/// <remarks>
/// Direction: 1 FromCurrency = x ToCurrency, as the request names them.
/// Published: through the day.
/// Units: 1.
/// Quirks: the answer is a number in one element: neither day nor pair; the day of receipt is the as-of day.
/// Source: http://www.webservicex.net/currencyconvertor.asmx
/// </remarks>
public sealed class Webservicex : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        from text in Block.Pairs
        let pair = CurrencyPair.Parse(text)
        select Get($"ConversionRate?FromCurrency={pair.Base}&ToCurrency={pair.Quote}");

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var pair = new CurrencyPair(
            Currency.Parse(body.Request.Parameter("FromCurrency")), Currency.Parse(body.Request.Parameter("ToCurrency")));
        return from number in body.Elements([body.Xml().Named("double")])
               select new Observation(body.Today, pair, RateNumber.Parse(number.Value), RateKind.Last);
    }
}
