using System.Xml.Linq;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Lietuvos bankas: the euro's reference rates, and the litas' official ones before 2015.</summary>
/// <remarks>
/// Direction: Tp LT gives amounts of litas and of the foreign currency for each other, Tp EU of the euro and the foreign currency; the
/// domestic amount stands first. LT: 1 foreign = x LTL. EU: 1 EUR = x foreign.
/// Published: about 16:30 Vilnius time on TARGET days, for the same day.
/// Units: both amounts are given; the rate is their quotient.
/// Quirks: the order of the two <c>CcyAmt</c> carries the meaning; a day without rates is an empty <c>FxRates</c>; days before a
/// redenomination carry the code that came after it, which the block's labels set right.
/// Source: https://www.lb.lt/webservices/FxRates/
/// </remarks>
public sealed class Lb : RateProvider
{
    private static readonly DateOnly Euro = new(2015, 1, 1);

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Select(day => Get($"getFxRates?tp={(day < Euro ? "LT" : "EU")}&dt={day.Format()}"));

    protected override bool IsNoData(ProviderBody body) => !body.Xml().Named("FxRates").HasElements;

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        body.Elements(body.Xml().Named("FxRates").Elements()).Select(Rate);

    private static Observation Rate(XElement row)
    {
        var sides = row.Elements().Where(element => element.Name.LocalName == "CcyAmt")
            .Select(side => (Code: Currency.Parse(side.Child("Ccy").Value), Amount: RateNumber.Parse(side.Child("Amt").Value)))
            .ToArray();
        var asOf = DayParser.Parse(row.Child("Dt").Value);
        return (row.Child("Tp").Value, sides) switch
        {
            ("LT", [var home, var foreign]) => new(asOf, new(foreign.Code, home.Code), home.Amount / foreign.Amount, RateKind.Official),
            ("EU", [var home, var foreign]) => new(asOf, new(home.Code, foreign.Code), foreign.Amount / home.Amount, RateKind.Reference),
            var (type, amounts) => throw new FormatException($"a rate of type '{type}' has {amounts.Length} amounts"),
        };
    }
}
