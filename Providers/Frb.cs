using System.Xml.Linq;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Federal Reserve Board: the H.10 noon buying rates in New York, from its RSS feed.</summary>
/// <remarks>
/// Direction: USD per 1 AUD, EUR, GBP or NZD, as <c>units</c> states; of every other currency, x per 1 USD.
/// Published: Mondays 16:15 New York time, for the five days of the week before.
/// Units: 1, always: <c>unit_mult="0.01"</c> stands at the pound, whose figure is per 1 all the same.
/// Quirks: RSS 1.0; a currency against the dollar is named in words only; index numbers stand among the rates.
/// Source: https://www.federalreserve.gov/releases/h10/
/// </remarks>
public sealed class Frb : RateProvider
{
    private const string Per = "Currency:_Per_";

    // The feed's name for it stayed while the currency changed twice.
    private static readonly Currency Bolivar = Currency.Parse("VES");

    private static readonly CodeTable Codes = new()
    {
        ["Brazil Real"] = "BRL",
        ["Canada Dollar"] = "CAD",
        ["China, P.R. Yuan"] = "CNY",
        ["China Yuan"] = "CNY",
        ["Denmark Krone"] = "DKK",
        ["Hong Kong Dollar"] = "HKD",
        ["India Rupee"] = "INR",
        ["Japan Yen"] = "JPY",
        ["Malaysia Ringgit"] = "MYR",
        ["Mexico Peso"] = "MXN",
        ["Norway Krone"] = "NOK",
        ["Singapore Dollar"] = "SGD",
        ["South Africa Rand"] = "ZAR",
        ["South Korea Won"] = "KRW",
        ["Sri Lanka Rupee"] = "LKR",
        ["Sweden Krona"] = "SEK",
        ["Switzerland Franc"] = "CHF",
        ["Taiwan Dollar"] = "TWD",
        ["Thailand Baht"] = "THB",
    };

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get("H10_H10.XML")];

    // A week of holidays has a row for each day and currency, all of them ND.
    protected override bool IsNoData(ProviderBody body) =>
        body.Xml().Named("RDF").Elements().Any(element => element.Name.LocalName == "item");

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from item in body.Elements(body.Xml().Named("RDF").Elements().Where(element => element.Name.LocalName == "item"))
        let statistic = item.Child("statistics").Child("otherStatistic")
        let value = statistic.Child("value")
        where !value.Attr("units").StartsWith("Index:", StringComparison.Ordinal)
        let rate = RateNumber.ParseOrNull(value.Value, NumberForm.Point, "ND")
        where rate is not null
        let pair = Pair(value.Attr("units"), statistic.Child("coverage"))
        select new Observation(DayParser.Parse(statistic.Child("observationPeriod").Value), pair, rate.Value, RateKind.Reference);

    private static CurrencyPair Pair(string units, XElement coverage)
    {
        var origin = units.StartsWith(Per, StringComparison.Ordinal)
            ? Currency.Parse(units[Per.Length..])
            : throw new FormatException($"'{units}' are no units of a rate");
        var name = coverage.Value.Trim();
        return origin != Currency.Usd
            ? new(origin, Currency.Usd)
            : new(origin, name.StartsWith("Venezuela Bol", StringComparison.OrdinalIgnoreCase) ? Bolivar : Codes.FindOrParse(name));
    }
}
