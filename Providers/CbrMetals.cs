using System.Xml.Linq;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Bank of Russia: its accounting prices of precious metals.</summary>
/// <remarks>
/// Direction: 1 unit of metal = x RUB, bought and sold.
/// Published: in the afternoon, Moscow time, Monday to Friday, for the next day: figures are dated Tuesday to Saturday.
/// Units: one gram, stored per troy ounce.
/// Quirks: windows-1251 with decimal commas; metals are numbered 1 to 4; a range without prices is the heading alone.
/// Source: https://www.cbr.ru/development/sxml/
/// </remarks>
public sealed class CbrMetals : RateProvider
{
    private static readonly Currency[] Codes = [.. "XAU,XAG,XPT,XPD".Split(',').Select(Currency.Parse)];

    private static readonly (string Element, RateKind Kind)[] Sides = [("Buy", RateKind.Bid), ("Sell", RateKind.Ask)];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get($"xml_metall.asp?{Cbr.Span(window)}")];

    // A refusal has no such heading.
    protected override bool IsNoData(ProviderBody body) =>
        body.Xml() is { HasElements: false, Name.LocalName: "Metall" } root && root.Attribute("FromDate") is not null;

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Elements(body.Xml().Named("Metall").Elements())
        let metal = new CurrencyPair(Metal(row), Cbr.Rub)
        from side in Sides
        select new Observation(Cbr.Day(row), metal, Cbr.Figure(row, side.Element) * Metals.GramsPerTroyOunce, side.Kind);

    private static Currency Metal(XElement row)
    {
        var code = (int)RateNumber.Parse(row.Attr("Code"));
        return code is >= 1 and <= 4 ? Codes[code - 1] : throw new FormatException($"metal {code} is not known");
    }
}
